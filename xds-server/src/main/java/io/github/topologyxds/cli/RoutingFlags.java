package io.github.topologyxds.cli;

import io.github.topologyxds.topology.NotReady;
import io.github.topologyxds.topology.Preference;
import io.github.topologyxds.topology.RoutingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The flags that change the routing rules: the same for {@code serve} and {@code translate}. */
final class RoutingFlags {
  @Option(
      names = "--preference",
      converter = PreferenceConverter.class,
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
      defaultValue = "auto",
      paramLabel = "N",
      description =
          "auto: endpoints that were ready before stay, UNHEALTHY, so that lost capacity spills in"
              + " proportion; omit: they are left out (default: ${DEFAULT-VALUE}).")
  private NotReady notReady = NotReady.AUTO;

  RoutingOptions options() {
    return new RoutingOptions(preference, !noDerive, notReady);
  }

  static final class PreferenceConverter implements ITypeConverter<Preference> {
    @Override
    public Preference convert(String text) {
      return Choice.of(text, Preference.values(), Preference::label);
    }
  }

  static final class NotReadyConverter implements ITypeConverter<NotReady> {
    @Override
    public NotReady convert(String text) {
      return Choice.of(text, NotReady.values(), NotReady::label);
    }
  }
}
