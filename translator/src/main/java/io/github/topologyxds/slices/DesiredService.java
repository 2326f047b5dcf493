package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.ObjectName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a Service that planning reads.
 *
 * @param uid "" in files that were never in a cluster
 * @param selector empty: no workload joins
 * @param families those that it is served in, the API's default applied
 */
public record DesiredService(
    ObjectName name,
    String uid,
    SortedMap<String, String> selector,
    List<DesiredPort> ports,
    List<Family> families,
    HintWish hints,
    Traits traits) {
  public DesiredService {
    selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
    ports = List.copyOf(ports);
    families = List.copyOf(families);
  }

  /**
   * What is either so or not.
   *
   * @param headless {@code clusterIP: None}
   * @param external type ExternalName: it has no endpoints
   * @param publishNotReady {@code publishNotReadyAddresses}
   * @param mirror the annotation {@code topology-xds.io/mirror} is {@code "true"}
   * @param deleting it has a deletionTimestamp: its slices go with it
   */
  public record Traits(
      boolean headless,
      boolean external,
      boolean publishNotReady,
      boolean mirror,
      boolean deleting) {
    public static final Traits PLAIN = new Traits(false, false, false, false, false);
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
