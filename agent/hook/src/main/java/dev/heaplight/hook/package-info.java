/**
 * What woven code calls, and the one door between the application's side and the engine.
 *
 * <p>Purpose: count every allocation of a thread that works inside a scope, and hand a sampled few
 * to the engine. Callers: woven bytecode of any class in the JVM, the tracker of the API by
 * reflection, and the engine. Threads: any, at any time, from the moment the agent starts. Class
 * loader: bootstrap, so that every class can see it; hence JDK types only. Signatures that woven
 * code or the API use are append-only, because they may come from another Heaplight version.
 */
@NullMarked
package dev.heaplight.hook;

import org.jspecify.annotations.NullMarked;
