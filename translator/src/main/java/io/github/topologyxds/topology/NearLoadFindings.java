package io.github.topologyxds.topology;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import java.util.Locale;
import java.util.Optional;

/** Which Services' strict near routing loads a zone's endpoints much more than the others. */
final class NearLoadFindings {
  /** More than the worst that fair shares come to by a stale demand, 1.35, with some distance. */
  private static final double TOLD_FROM = 1.5;

  private static final int PERCENT = 100;

  private NearLoadFindings() {}

  /**
   * Returns the finding about a port in one family; empty where all is well.
   *
   * @param nearLoad {@link PortRouting#nearLoad}
   */
  static Optional<Finding> of(
      ServiceState state, ServicePort port, PortRouting routing, Optional<NearLoad> nearLoad) {
    if (BalanceRule.mayAct(routing.policy())) {
      return Optional.empty();
    }
    return nearLoad
        .filter(load -> load.ratio() > TOLD_FROM)
        .map(load ->
            Finding.of(
                Reason.NEAR_OVERLOADED,
                ObjectKey.service(state.service().name()),
                message(port, load, state.demand())));
  }

  private static String message(ServicePort port, NearLoad load, Demand demand) {
    return String.format(
        Locale.ROOT,
        "port %s%d %s: near routing loads an endpoint in %s %.1f times the mean: the zone has %d of %d"
            + " ready endpoints and %d %% of the demand (%s); %s: fair spreads it",
        port.name().isEmpty() ? "" : port.name() + " ",
        port.number(),
        port.protocol(),
        load.zone().isEmpty() ? "no known zone" : Finding.quote(load.zone()),
        load.ratio(),
        load.endpoints(),
        load.ready(),
        Math.round(load.demand() * PERCENT),
        demand.source().label(),
        AnnotationNames.BALANCE);
  }
}
