package io.github.topologyxds.xds.ondemand;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.xds.ServiceRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ages at which sidecars close connections: each is a filter chain of its own, so there are a
 * few only, those that the oldest Services ask for.
 *
 * @param all in seconds, sorted
 * @param findings about the Services whose age is not among them
 */
public record ConnectionAges(SortedSet<Integer> all, List<Finding> findings) {
  /** Every Envoy has them all, twice. */
  static final int MAX_AGES = 8;

  /** Makes it unmodifiable. */
  public ConnectionAges {
    all = Collections.unmodifiableSortedSet(new TreeSet<>(all));
    findings = List.copyOf(findings);
  }

  /**
   * Returns those that Services ask for.
   *
   * @param oldestFirst their routes
   */
  public static ConnectionAges of(List<ServiceRoute> oldestFirst) {
    SortedSet<Integer> ages = new TreeSet<>();
    Map<ObjectName, MaxConnectionAge> tooMany = new TreeMap<>();
    for (ServiceRoute route : oldestFirst) {
      MaxConnectionAge age = route.maxConnectionAge();
      if (age.limited() && ages.size() < MAX_AGES) {
        ages.add(age.seconds());
      } else if (age.limited() && !ages.contains(age.seconds())) {
        tooMany.put(route.service(), age);
      }
    }
    List<Finding> findings = new ArrayList<>();
    tooMany.forEach((service, age) -> findings.add(finding(service, age, ages)));
    return new ConnectionAges(ages, findings);
  }

  private static Finding finding(
      ObjectName service, MaxConnectionAge age, SortedSet<Integer> ages) {
    return Finding.of(
        Reason.MAX_CONNECTION_AGES_LIMIT,
        ObjectKey.service(service),
        "%s: \"%s\" is one of more than %d different ages and has no effect; older Services have %s (seconds): take one of them"
            .formatted(AnnotationNames.MAX_CONNECTION_AGE, age.label(), MAX_AGES, ages));
  }

  /** Returns the seconds of an age, 0 where it is not among these. */
  int seconds(MaxConnectionAge age) {
    return all.contains(age.seconds()) ? age.seconds() : 0;
  }
}
