package io.github.topologyxds.e2e.judge;

import java.util.SortedSet;

/**
 * One locality of a load assignment, as a reader of it understands it.
 *
 * @param name region/zone
 * @param used the endpoints (ip:port) that take requests
 * @param unused those that do not: UNHEALTHY, DRAINING
 */
public record JudgedLocality(
    String name, int priority, int weight, SortedSet<String> used, SortedSet<String> unused) {}
