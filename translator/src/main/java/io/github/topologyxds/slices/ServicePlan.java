package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has to be written for one Service. Applied, and planned again, nothing is left to do.
 *
 * @param findings sorted, each once
 * @param hints what became of the hints, by family
 * @param desired what is published once the plan is applied
 */
public record ServicePlan(
    List<Content> create,
    List<Update> update,
    List<ObservedSlice.Identity> delete,
    List<Finding> findings,
    SortedMap<Family, HintDecision> hints,
    DesiredAddresses desired) {
  public ServicePlan {
    create = List.copyOf(create);
    update = List.copyOf(update);
    delete = List.copyOf(delete);
    findings = List.copyOf(findings);
    hints = Collections.unmodifiableSortedMap(new TreeMap<>(hints));
  }

  /**
   * All of a slice but its name.
   *
   * @param service the owner, whose uid becomes the ownerReference's
   */
  public record Content(
      ObjectName service,
      String serviceUid,
      SortedMap<String, String> labels,
      SortedMap<String, String> annotations,
      Family family,
      List<PublishedPort> ports,
      List<PublishedEndpoint> endpoints) {
    public Content {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
      ports = List.copyOf(ports);
      endpoints = List.copyOf(endpoints);
    }
  }

  /** A slice of ours that gets other content; the identity is the precondition of the write. */
  public record Update(ObservedSlice.Identity slice, Content content) {}

  /** Returns whether nothing is to be written: all is as planned. */
  public boolean isEmpty() {
    return create.isEmpty() && update.isEmpty() && delete.isEmpty();
  }
}
