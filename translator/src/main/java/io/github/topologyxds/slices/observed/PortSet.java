package io.github.topologyxds.slices.observed;

import java.util.Iterator;
import java.util.List;

/** The ports that all endpoints of a slice share; endpoints that differ need another slice. */
public record PortSet(List<PublishedPort> ports) implements Comparable<PortSet> {
  public PortSet {
    ports = ports.stream().sorted().toList();
  }

  @Override
  public int compareTo(PortSet other) {
    Iterator<PublishedPort> theirs = other.ports.iterator();
    for (PublishedPort port : ports) {
      int order = theirs.hasNext() ? port.compareTo(theirs.next()) : 1;
      if (order != 0) {
        return order;
      }
    }
    return theirs.hasNext() ? -1 : 0;
  }
}
