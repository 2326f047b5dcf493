package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The name of a host that leads to no Service, and what may be meant. */
public final class UnknownHost {
  private UnknownHost() {}

  /** Returns one line for people. */
  public static String line(String host, Collection<ObjectName> services) {
    return "no Service has the name "
        + Finding.quote(host)
        + " (of "
        + services.size()
        + " Services)"
        + near(host, services).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** A Service that HTTP reaches by no port has no host's name, and is known by its own. */
  private static Optional<ObjectName> near(String host, Collection<ObjectName> services) {
    String labels = Arrays.stream(host.split("\\.")).limit(2).collect(Collectors.joining("."));
    return services.stream()
        .filter(name -> EditDistance.isMisspelling(labels, dotted(name)))
        .min(Comparator.comparingInt(name -> EditDistance.between(labels, dotted(name))));
  }

  private static String dotted(ObjectName name) {
    return name.name() + "." + name.namespace();
  }
}
