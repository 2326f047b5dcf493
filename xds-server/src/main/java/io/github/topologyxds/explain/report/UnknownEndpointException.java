package io.github.topologyxds.explain.report;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Comparator;
import java.util.SortedSet;

/** A Service has no endpoint of an address that was asked for; the message says what it may be. */
public final class UnknownEndpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownEndpointException(ObjectName service, String address, SortedSet<String> known) {
    super(
        service
            + " has no endpoint "
            + Finding.quote(address)
            + known.stream()
                .filter(meant -> EditDistance.isMisspelling(address, meant))
                .min(Comparator.comparingInt(meant -> EditDistance.between(address, meant)))
                .map(near -> "; did you mean " + near + "?")
                .orElse(" (it has " + known.size() + ")"));
  }
}
