package io.github.topologyxds.topology;

import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Origin;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.Setting;
import io.github.topologyxds.topology.settings.SpillBelow;
import io.github.topologyxds.topology.settings.ZoneWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
      conflicts.ofBalance();
      conflicts.ofZoneWeights();
      conflicts.ofSpillBelow();
    }
    return conflicts.findings;
  }

  /** Returns the finding about a port where fair shares are asked for, and no zone is. */
  static Optional<Finding> fairWithoutZone(ServiceModel service, PortRouting routing) {
    ServiceRoutingPolicy policy = routing.policy();
    boolean asksForNone =
        asked(policy.traffic().balance(), Balance.STRICT)
            && BalanceRule.mayAct(policy)
            && !routing.localOnly()
            && routing.endpoints().anyReady()
            && !routing.demandMatters();
    return asksForNone
        ? Optional.of(
            withoutEffect(
                service,
                AnnotationNames.BALANCE,
                "nothing asks for a zone: no usable zone hints, no trafficDistribution, no"
                    + " preference"))
        : Optional.empty();
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
    if (asked(policy.traffic().balance(), Balance.STRICT)) {
      withoutEffect(AnnotationNames.BALANCE, because);
    }
    if (asked(policy.traffic().spillBelow(), SpillBelow.ENVOYS_DEFAULT)) {
      withoutEffect(AnnotationNames.SPILL_BELOW, because);
    }
  }

  private void ofBalance() {
    if (!asked(policy.traffic().balance(), Balance.STRICT)) {
      if (policy.traffic().overloadThreshold().origin() == Origin.SERVICE
          && policy.traffic().balance().value() == Balance.STRICT) {
        withoutEffect(AnnotationNames.OVERLOAD_THRESHOLD, AnnotationNames.BALANCE + " is not fair");
      }
      return;
    }
    if (policy.traffic().zoneWeights().value().any()) {
      withoutEffect(
          AnnotationNames.BALANCE, AnnotationNames.ZONE_WEIGHTS + " decides, whoever asks");
    } else if (policy.traffic().failover().value() == Failover.ZONE) {
      withoutEffect(
          AnnotationNames.BALANCE,
          AnnotationNames.FAILOVER + " is zone: there is no other zone to share with");
    } else if (policy.preference() == Preference.SAME_NODE) {
      withoutEffect(
          AnnotationNames.BALANCE, "the same Node is asked for, and fair shares are of zones");
    } else if (policy.hints() == ServiceRoutingPolicy.HintUse.IGNORED) {
      withoutEffect(
          AnnotationNames.BALANCE,
          AnnotationNames.PREFERENCE + " is none: no zone is nearer than others");
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
    if (BalanceRule.mayAct(policy)) {
      withoutEffect(
          AnnotationNames.SPILL_BELOW,
          AnnotationNames.BALANCE
              + " is fair: shares are of ready endpoints alone; it acts on those that Envoy itself"
              + " ejects alone");
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
    findings.add(withoutEffect(service, annotation, because));
  }

  private static Finding withoutEffect(ServiceModel service, String annotation, String because) {
    return Finding.of(
        Reason.SETTING_WITHOUT_EFFECT,
        ObjectKey.service(service.name()),
        annotation + " has no effect: " + because);
  }
}
