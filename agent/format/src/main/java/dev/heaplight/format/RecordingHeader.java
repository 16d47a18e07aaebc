package dev.heaplight.format;

import java.util.Map;

/**
 * What a recording says of itself before its first block: the scope, the process and the mode.
 *
 * @param name name of the scope, as given to the tracker
 * @param kind kind of the scope: {@code task}, {@code actor}, {@code request} or {@code process}
 * @param id identifier of the scope, unique within its session
 * @param attributes further facts about the scope in the order given, possibly empty
 * @param mode how allocations were captured, for instance {@code exact}
 * @param startEpochMillis wall-clock start of the scope, milliseconds since the epoch
 * @param pid process id of the worker JVM
 * @param host host name of the worker, or an empty string when unknown
 * @param jvm name and version of the worker's JVM
 * @param agentVersion version of the agent that wrote the recording
 */
public record RecordingHeader(
    String name,
    String kind,
    String id,
    Map<String, String> attributes,
    String mode,
    long startEpochMillis,
    long pid,
    String host,
    String jvm,
    String agentVersion) {}
