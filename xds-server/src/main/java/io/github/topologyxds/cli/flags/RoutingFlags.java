package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.cli.values.CidrOption;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.address.ServiceRange;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.OverloadThreshold;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.ServiceLimits;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import io.github.topologyxds.topology.settings.VisibleTo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags that change the routing rules: the same for {@code serve} and {@code translate}. */
public final class RoutingFlags {
  @Option(
      names = "--preference",
      converter = PreferenceConverter.class,
      completionCandidates = PreferenceConverter.class,
      defaultValue = "none",
      paramLabel = "P",
      description =
          "For Services that ask for nothing themselves: none, same-zone or same-node (default:"
              + " ${DEFAULT-VALUE}).")
  private Preference preference = Preference.NONE;

  @Option(
      names = "--no-derive",
      description =
          "Do not follow spec.trafficDistribution where hints are not usable; the first priority"
              + " then is exactly what kube-proxy uses.")
  private boolean noDerive;

  @Option(
      names = "--not-ready",
      converter = NotReadyConverter.class,
      completionCandidates = NotReadyConverter.class,
      defaultValue = "auto",
      paramLabel = "N",
      description =
          "auto: endpoints that were ready before stay, UNHEALTHY, so that lost capacity spills in"
              + " proportion; omit: they are left out (default: ${DEFAULT-VALUE}).")
  private NotReady notReady = NotReady.AUTO;

  @Option(
      names = "--failover",
      converter = FailoverConverter.class,
      defaultValue = "anywhere",
      paramLabel = "F",
      description =
          "How far the tiers of Services that say nothing themselves may go: anywhere, region, zone"
              + " or none, the first tier alone (default: ${DEFAULT-VALUE}).")
  private Failover failover = Failover.ANYWHERE;

  @Option(
      names = "--balance",
      converter = BalanceConverter.class,
      defaultValue = "strict",
      paramLabel = "B",
      description =
          "For Services that say nothing themselves and have a zone asked for: strict, the near"
              + " endpoints get everything, or fair, what they can carry (default:"
              + " ${DEFAULT-VALUE}).")
  private Balance balance = Balance.STRICT;

  @Option(
      names = "--overload-threshold",
      converter = ThresholdConverter.class,
      defaultValue = "20%",
      paramLabel = "P%",
      description =
          "How much more than the mean an endpoint of the own zone may carry where the balance is"
              + " fair, 0%% to 100%% (default: ${DEFAULT-VALUE}).")
  private OverloadThreshold overloadThreshold = OverloadThreshold.DEFAULT;

  @Option(
      names = "--visible-to",
      converter = VisibleToConverter.class,
      defaultValue = "*",
      paramLabel = "V",
      description =
          "Whose clients see Services that say nothing themselves: * (everybody's), . (those of its"
              + " own namespace) or ns1,ns2 (those too). No access control (default:"
              + " ${DEFAULT-VALUE}).")
  private VisibleTo visibleTo = new VisibleTo.Everybody();

  @Option(
      names = "--max-ports-per-service",
      converter = LimitConverter.class,
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "Of a Service with more ports the highest are left out (default: ${DEFAULT-VALUE}).")
  private int maxPorts = ServiceLimits.DEFAULT.ports();

  @Option(
      names = "--max-port-endpoints-per-service",
      converter = LimitConverter.class,
      defaultValue = "200000",
      paramLabel = "N",
      description =
          "Of a Service whose ports have more endpoints together the highest ports are left out"
              + " (default: ${DEFAULT-VALUE}).")
  private int maxPortEndpoints = ServiceLimits.DEFAULT.portEndpoints();

  @Option(
      names = "--service-cidrs",
      converter = CidrOption.class,
      split = ",",
      paramLabel = "C",
      description =
          "Where clusterIPs may be, comma separated; others make no domain. Sidecars on demand take"
              + " connections into these ranges for Services (default: what the clusterIPs fall"
              + " into).")
  private @Nullable List<Cidr> serviceCidrs;

  /** Returns the settings, with the default limits of a Namespace. */
  public RoutingOptions options() {
    return options(ServiceLimits.DEFAULT.namespace());
  }

  /** With limits of what is served of a Namespace. */
  public RoutingOptions options(ServiceLimits.OfNamespace namespace) {
    ServiceRange range = serviceCidrs == null ? ServiceRange.ANY : new ServiceRange(serviceCidrs);
    return new RoutingOptions(
        preference,
        !noDerive,
        notReady,
        new ServiceLimits(maxPorts, maxPortEndpoints, namespace),
        range,
        TrafficPolicy.ofServer(failover, balance, overloadThreshold),
        visibleTo);
  }

  static final class VisibleToConverter implements ITypeConverter<VisibleTo> {
    @Override
    public VisibleTo convert(String text) {
      return VisibleTo.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is none of " + VisibleTo.ALLOWED));
    }
  }

  /** A limit of what is served: a whole number from 1 up. */
  public static final class LimitConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]{0,8}")) {
        throw new TypeConversionException("'" + text + "' is no number in 1..999999999");
      }
      return Integer.valueOf(text);
    }
  }

  static final class PreferenceConverter extends Choice<Preference> {
    PreferenceConverter() {
      super(Preference.values(), Preference::label);
    }
  }

  static final class BalanceConverter extends Choice<Balance> {
    BalanceConverter() {
      super(Balance.values(), Balance::label);
    }
  }

  static final class ThresholdConverter implements ITypeConverter<OverloadThreshold> {
    @Override
    public OverloadThreshold convert(String text) {
      return OverloadThreshold.parse(text)
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is not in 0%..100%"));
    }
  }

  static final class FailoverConverter extends Choice<Failover> {
    FailoverConverter() {
      super(Failover.values(), Failover::label);
    }
  }

  static final class NotReadyConverter extends Choice<NotReady> {
    NotReadyConverter() {
      super(NotReady.values(), NotReady::label);
    }
  }
}
