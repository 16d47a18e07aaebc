package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.live.CollectionClock;
import dev.heaplight.engine.live.SurvivorWatch;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;

/**
 * What all scopes of a JVM share.
 *
 * @param sites allocation sites by number
 * @param stacks stacks by number
 * @param jvm the JVM's own counts
 * @param mode how scopes are captured
 * @param budget what samples may cost
 * @param clock counts collections
 * @param memory bound of the agent's own memory
 * @param sampled threads whose allocations a profiler samples
 * @param survivors scopes whose survivors are still watched after their close
 * @param live whether objects are followed
 * @param log where failures are reported
 */
public record CaptureParts(
    SiteTable sites,
    StackTable stacks,
    JvmCounts jvm,
    CaptureMode mode,
    SamplingBudget budget,
    CollectionClock clock,
    AgentMemory memory,
    SampledThreads sampled,
    SurvivorWatch survivors,
    boolean live,
    AgentLog log) {}
