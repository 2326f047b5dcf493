package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.Protocol;
import java.util.Comparator;

/**
 * One port of a slice.
 *
 * @param number 0 when a slice of somebody else has none
 * @param appProtocol "" when absent
 */
public record PublishedPort(String name, int number, Protocol protocol, String appProtocol)
    implements Comparable<PublishedPort> {
  private static final Comparator<PublishedPort> ORDER =
      Comparator.comparing(PublishedPort::name)
          .thenComparing(PublishedPort::protocol)
          .thenComparingInt(PublishedPort::number)
          .thenComparing(PublishedPort::appProtocol);

  @Override
  public int compareTo(PublishedPort other) {
    return ORDER.compare(this, other);
  }
}
