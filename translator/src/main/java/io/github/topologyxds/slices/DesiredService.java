package io.github.topologyxds.slices;

import com.google.common.collect.Sets;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.slices.hints.HintWish;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a Service that planning of its EndpointSlices reads.
 *
 * @param uid "" in files that were never in a cluster
 * @param selector empty: no workload joins
 * @param families those that it is served in, the API's default applied
 * @param traits what else is so of it
 */
public record DesiredService(
    ObjectName name,
    String uid,
    SortedMap<String, String> selector,
    List<DesiredPort> ports,
    List<Family> families,
    HintWish hints,
    Set<Trait> traits) {
  public DesiredService {
    selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
    ports = List.copyOf(ports);
    families = List.copyOf(families);
    traits = Sets.immutableEnumSet(traits);
  }

  /** What a Service either is or is not; planning goes by it. */
  public enum Trait {
    /** {@code clusterIP: None}. */
    HEADLESS,
    /** Type ExternalName: it has no endpoints. */
    EXTERNAL,
    /** {@code publishNotReadyAddresses}. */
    PUBLISHES_NOT_READY,
    /** The annotation {@code topology-xds.io/mirror} is {@code "true"}. */
    MIRRORED,
    /** It has a deletionTimestamp: its slices go with it. */
    DELETING
  }

  /** Returns whether the Service has a trait. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /**
   * Returns whether a workload with these labels is an endpoint of the Service; a Service without
   * selector selects none.
   */
  public boolean selects(SortedMap<String, String> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }

  /** Returns the Service as findings refer to it. */
  public ObjectKey object() {
    return ObjectKey.service(name);
  }
}
