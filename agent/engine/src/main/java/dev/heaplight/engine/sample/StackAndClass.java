package dev.heaplight.engine.sample;

/**
 * Where, and of which class.
 *
 * @param stack number in the {@link StackTable}
 * @param className name of the allocated class
 */
public record StackAndClass(int stack, String className) {}
