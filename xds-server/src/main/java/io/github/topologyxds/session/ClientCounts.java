package io.github.topologyxds.session;

import io.github.topologyxds.xds.XdsProtocol;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many clients are connected, by the zone of their Node and the variant of the protocol. Zones
 * that only a client's own bootstrap names count as "", or anybody could make a metric's labels
 * grow. Any thread.
 */
public final class ClientCounts {
  /** What is counted apart; {@code zone} is "" where no Node's label tells. */
  public record Group(String zone, XdsProtocol protocol) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      int byZone = zone.compareTo(other.zone);
      return byZone == 0 ? protocol.compareTo(other.protocol) : byZone;
    }
  }

  private final Map<Group, LongAdder> counts = new ConcurrentHashMap<>();

  void opened(Group group) {
    add(group, 1);
  }

  void closed(Group group) {
    add(group, -1);
  }

  private void add(Group group, int count) {
    counts.computeIfAbsent(group, g -> new LongAdder()).add(count);
  }

  /** Returns the counts now, sorted. */
  public SortedMap<Group, Long> now() {
    SortedMap<Group, Long> now = new TreeMap<>();
    counts.forEach((group, count) -> now.put(group, count.sum()));
    return now;
  }
}
