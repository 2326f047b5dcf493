package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An EndpointSlice that exists, ours or not.
 *
 * @param owner the Service that owns it; null when none does
 */
public record ObservedSlice(
    Identity identity,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    @Nullable Owner owner,
    AddressType addressType,
    List<PublishedPort> ports,
    List<PublishedEndpoint> endpoints) {
  public ObservedSlice {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Exactly which object, in which state: the preconditions of a write.
   *
   * @param uid "" in files that were never in a cluster, as is the resource version
   */
  public record Identity(ObjectName name, String uid, String resourceVersion) {}

  /** An ownerReference to a {@code v1} Service. */
  public record Owner(String name, String uid) {}

  /** Returns the name of the slice. */
  public ObjectName name() {
    return identity.name();
  }

  /** Returns the Service that the slice says it belongs to; its name is "" without the label. */
  public ObjectName serviceByLabel() {
    return new ObjectName(name().namespace(), labels.getOrDefault(LabelNames.SERVICE_NAME, ""));
  }

  /** Returns the installation that the slice says it is of; "" when it says none. */
  public String installation() {
    return annotations.getOrDefault(AnnotationNames.INSTALLATION, "");
  }

  /** Returns who writes the slice, as its label says; "" when it says nothing. */
  public String managedBy() {
    return labels.getOrDefault(LabelNames.MANAGED_BY, "");
  }
}
