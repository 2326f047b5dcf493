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
  private SettingConflicts() {}

  static List<Finding> of(ServiceModel service, ServiceRoutingPolicy policy) {
    TrafficPolicy traffic = policy.traffic();
    List<Finding> findings = new ArrayList<>();
    Setting<Failover> failover = traffic.failover();
    if (service.topology().localOnly()
        && failover.origin() == Origin.SERVICE
        && failover.value() != Failover.ANYWHERE) {
      findings.add(
          withoutEffect(
              service,
              AnnotationNames.FAILOVER + ": " + failover.value().label(),
              "internalTrafficPolicy is Local: clients have their own Node's endpoints alone"));
    }
    return findings;
  }

  private static Finding withoutEffect(ServiceModel service, String setting, String because) {
    return Finding.of(
        Reason.SETTING_WITHOUT_EFFECT,
        ObjectKey.service(service.name()),
        setting + " has no effect: " + because);
  }
}
