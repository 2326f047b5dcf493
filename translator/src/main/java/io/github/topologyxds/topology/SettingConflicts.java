package io.github.topologyxds.topology;

import io.github.topologyxds.model.AnnotationNames;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a Service that cannot act beside another one of it: the table of pairs in
 * docs/routing.md. Told only of what the Service itself asks for: a Namespace or the server speaks
 * for many.
 */
final class SettingConflicts {
  private final ServiceModel service;
  private final ServiceRoutingPolicy policy;
  private final List<Finding> findings = new ArrayList<>();

  private SettingConflicts(ServiceModel service, ServiceRoutingPolicy policy) {
    this.service = service;
    this.policy = policy;
  }

  /** Returns a finding for each setting of the Service that has no effect. */
  static List<Finding> of(ServiceModel service, ServiceRoutingPolicy policy) {
    SettingConflicts conflicts = new SettingConflicts(service, policy);
    if (service.topology().localOnly()) {
      conflicts.withLocal();
    } else {
      conflicts.ofZoneWeights();
      conflicts.ofSpillBelow();
    }
    return conflicts.findings;
  }

  private void withLocal() {
    String because =
        "internalTrafficPolicy is Local: clients have their own Node's endpoints alone";
    if (asked(policy.traffic().failover(), Failover.ANYWHERE)) {
      withoutEffect(AnnotationNames.FAILOVER, because);
    }
    if (asked(policy.traffic().zoneWeights(), ZoneWeights.NONE)) {
      withoutEffect(AnnotationNames.ZONE_WEIGHTS, because);
    }
    if (asked(policy.traffic().spillBelow(), SpillBelow.ENVOYS_DEFAULT)) {
      withoutEffect(AnnotationNames.SPILL_BELOW, because);
    }
  }

  private void ofZoneWeights() {
    if (!policy.traffic().zoneWeights().value().any()) {
      return;
    }
    if (asked(policy.traffic().zoneWeights(), ZoneWeights.NONE)
        && policy.traffic().failover().value() == Failover.ZONE) {
      withoutEffect(
          AnnotationNames.ZONE_WEIGHTS,
          AnnotationNames.FAILOVER + " is zone: no client has more than one zone to share");
    }
    if (!service.topology().preference().isEmpty()) {
      withoutEffect(
          AnnotationNames.PREFERENCE, AnnotationNames.ZONE_WEIGHTS + " decides, whoever asks");
    }
  }

  private void ofSpillBelow() {
    if (!asked(policy.traffic().spillBelow(), SpillBelow.ENVOYS_DEFAULT)) {
      return;
    }
    if (policy.notReady() == NotReady.OMIT) {
      withoutEffect(
          AnnotationNames.SPILL_BELOW,
          AnnotationNames.NOT_READY
              + " is omit: endpoints that are not ready do not count; it acts on those that Envoy"
              + " itself ejects alone");
    }
    if (policy.traffic().failover().value() == Failover.NONE) {
      withoutEffect(
          AnnotationNames.SPILL_BELOW,
          AnnotationNames.FAILOVER + " is none: there is no tier to spill to");
    }
  }

  private static <T> boolean asked(Setting<T> setting, T nothing) {
    return setting.origin() == Origin.SERVICE && !setting.value().equals(nothing);
  }

  private void withoutEffect(String annotation, String because) {
    findings.add(
        Finding.of(
            Reason.SETTING_WITHOUT_EFFECT,
            ObjectKey.service(service.name()),
            annotation + " has no effect: " + because));
  }
}
