package dev.heaplight.engine.live;

import dev.heaplight.engine.sample.StackAndClass;

/**
 * Who allocated, where, and of which class: one entry of a composition.
 *
 * @param thread the thread that allocated
 * @param where its stack and the class
 */
public record Origin(ThreadLabel thread, StackAndClass where) {}
