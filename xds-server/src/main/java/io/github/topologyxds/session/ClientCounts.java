package io.github.topologyxds.session;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many clients are connected, by the zone of their Node and the variant of the protocol, and
 * what proves who they are. Zones that only a client's own bootstrap names count as "", or anybody
 * could make a metric's labels grow. Any thread.
 */
public final class ClientCounts {
  /**
   * Clients that are counted together.
   *
   * @param zone "" where no Node's label tells
   * @param identity what proves who the client is; empty: nothing, it is only claimed
   */
  public record Group(String zone, XdsProtocol protocol, Optional<ClientIdentity.Source> identity)
      implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::zone)
            .thenComparing(Group::protocol)
            .thenComparing(Group::identityLabel);

    /** Returns {@code token}, {@code certificate} or {@code claimed}. */
    public String identityLabel() {
      return identity.map(ClientIdentity.Source::label).orElse("claimed");
    }

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
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
