package dev.heaplight.engine.live;

/**
 * A thread as recordings name it. Says nothing of whether it still runs, and keeps nothing of it.
 *
 * @param id the JVM's number of the thread
 * @param name its name when it was first seen
 */
public record ThreadLabel(long id, String name) {}
