package dev.heaplight.format;

/**
 * What the agent itself costs. Every figure may be {@link Progress#UNKNOWN}.
 *
 * @param cpuNanos processor time the agent used during the scope, in nanoseconds
 * @param memoryBytes bytes the agent holds now
 * @param memoryLimitBytes bytes the agent may hold at most
 */
public record AgentCost(long cpuNanos, long memoryBytes, long memoryLimitBytes) {}
