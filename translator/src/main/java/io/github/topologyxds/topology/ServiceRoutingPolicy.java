package io.github.topologyxds.topology;

import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.Basis;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import io.github.topologyxds.topology.settings.WrittenSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What applies to a Service where hints do not decide: rule 5's precedence, resolved once for all
 * clients.
 *
 * @param preference what to do without usable hints
 * @param basis where the preference comes from
 * @param reason the same, as the code that users see
 * @param hints whether hints are read, and whether their absence was asked for
 * @param notReady what becomes of endpoints that are not ready
 * @param traffic how traffic is spread
 */
public record ServiceRoutingPolicy(
    Preference preference,
    Basis basis,
    DecisionReason reason,
    HintUse hints,
    NotReady notReady,
    TrafficPolicy traffic) {

  /** What the hints of the endpoints mean for this Service. */
  public enum HintUse {
    /** Valid hints win over the preference. */
    HONOURED,
    /** Likewise; and without them Kubernetes says "not safe", so nothing is derived (rule 4). */
    AUTO,
    /** The Service's annotation says {@code none}. */
    IGNORED
  }

  /**
   * Resolves what applies; a value that is none of the allowed ones is a finding, and the next in
   * line applies.
   */
  static ServiceRoutingPolicy of(ServiceState state, RoutingOptions options, FindingSet findings) {
    Near near = near(state, options, findings);
    return new ServiceRoutingPolicy(
        near.preference(),
        near.basis(),
        near.reason(),
        near.hints(),
        notReady(state, options, findings),
        TrafficPolicy.of(new WrittenSettings(state, findings), options.traffic()));
  }

  /** How near traffic stays, and who says so. */
  private record Near(Preference preference, Basis basis, DecisionReason reason, HintUse hints) {}

  private static Near near(ServiceState state, RoutingOptions options, FindingSet findings) {
    ServiceModel service = state.service();
    ServiceTopology topology = service.topology();
    ObjectReference serviceObject = ObjectKey.service(service.name());
    NamespaceModel namespace = state.namespace();
    Optional<Preference> ofService = preference(topology.preference(), serviceObject, findings);
    Optional<Preference> ofNamespace =
        namespace == null
            ? Optional.empty()
            : preference(namespace.preference(), ObjectKey.namespace(namespace.name()), findings);

    if (ofService.isPresent()) {
      HintUse hints = ofService.get() == Preference.NONE ? HintUse.IGNORED : HintUse.HONOURED;
      return new Near(ofService.get(), Basis.ANNOTATION, DecisionReason.SERVICE_PREFERENCE, hints);
    }
    if (topology.auto()) {
      return new Near(
          Preference.NONE, Basis.DEFAULT, DecisionReason.AUTO_WITHOUT_HINTS, HintUse.AUTO);
    }
    return switch (topology.trafficDistribution()) {
      case PREFER_SAME_ZONE -> derived(Preference.SAME_ZONE, options);
      case PREFER_SAME_NODE -> derived(Preference.SAME_NODE, options);
      case NONE ->
          ofNamespace
              .map(preference ->
                  honouring(preference, Basis.ANNOTATION, DecisionReason.NAMESPACE_PREFERENCE))
              .orElseGet(() -> ofServer(options));
    };
  }

  private static Near derived(Preference preference, RoutingOptions options) {
    return options.derive()
        ? honouring(preference, Basis.DERIVED, DecisionReason.TRAFFIC_DISTRIBUTION)
        : honouring(Preference.NONE, Basis.DEFAULT, DecisionReason.NOT_DERIVED);
  }

  private static Near ofServer(RoutingOptions options) {
    DecisionReason reason =
        options.preference() == Preference.NONE
            ? DecisionReason.NO_PREFERENCE
            : DecisionReason.SERVER_PREFERENCE;
    return honouring(options.preference(), Basis.DEFAULT, reason);
  }

  private static Near honouring(Preference preference, Basis basis, DecisionReason reason) {
    return new Near(preference, basis, reason, HintUse.HONOURED);
  }

  private static Optional<Preference> preference(
      String value, ObjectReference object, FindingSet findings) {
    Optional<Preference> parsed = Preference.parse(value);
    if (parsed.isEmpty() && !value.isEmpty()) {
      findings.add(
          Finding.of(
              Reason.PREFERENCE_INVALID,
              object,
              "annotation topology-xds.io/preference: \""
                  + Finding.quote(value)
                  + "\" (allowed: none, same-zone, same-node)"));
    }
    return parsed;
  }

  private static NotReady notReady(
      ServiceState state, RoutingOptions options, FindingSet findings) {
    List<NotReady> inLine = new ArrayList<>();
    ServiceModel service = state.service();
    addNotReady(service.topology().notReady(), ObjectKey.service(service.name()), inLine, findings);
    NamespaceModel namespace = state.namespace();
    if (namespace != null) {
      addNotReady(namespace.notReady(), ObjectKey.namespace(namespace.name()), inLine, findings);
    }
    inLine.add(options.notReady());
    return inLine.getFirst();
  }

  private static void addNotReady(
      String value, ObjectReference object, List<NotReady> inLine, FindingSet findings) {
    Optional<NotReady> parsed = NotReady.parse(value);
    parsed.ifPresent(inLine::add);
    if (parsed.isEmpty() && !value.isEmpty()) {
      findings.add(
          Finding.of(
              Reason.NOT_READY_INVALID,
              object,
              "annotation topology-xds.io/not-ready: \""
                  + Finding.quote(value)
                  + "\" (allowed: auto, omit)"));
    }
  }
}
