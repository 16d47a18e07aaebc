package dev.heaplight.server.top;

import java.util.List;

/**
 * A worker and the tasks that it has open.
 *
 * @param worker the worker
 * @param tasks its tasks, in no order
 */
public record TopGroup(TopRow worker, List<TopRow> tasks) {}
