package io.github.topologyxds.cli.flags.serve;

import com.google.common.net.InetAddresses;
import io.github.topologyxds.cli.flags.BootstrapOptions;
import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.cli.values.ListenAddress;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.serve.AuthenticationSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.xds.DnsResolvers;
import io.github.topologyxds.xds.IpPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How {@code serve} serves the xDS port. */
public final class XdsFlags {
  @ArgGroup(exclusive = false)
  private @Nullable TlsFlags tls;

  @Option(
      names = "--push-interval",
      converter = Interval.class,
      defaultValue = "100ms",
      paramLabel = "T",
      description =
          "After a change was sent to an Envoy, further ones wait so long and go together; 0: none"
              + " waits (default: ${DEFAULT-VALUE}).")
  private Duration pushInterval = XdsLimits.DEFAULT.pushInterval();

  @Mixin private ClientLimitFlags clients = new ClientLimitFlags();

  @Option(
      names = "--authenticate",
      converter = ModeConverter.class,
      completionCandidates = ModeConverter.class,
      defaultValue = "none",
      paramLabel = "M",
      description =
          "Whether clients prove who they are, by a token of their Pod's service account or a"
              + " certificate with a SPIFFE id: none, optional or required (default:"
              + " ${DEFAULT-VALUE}).")
  private AuthenticationMode mode = AuthenticationMode.NONE;

  @Option(
      names = "--audience",
      converter = BootstrapOptions.Name.class,
      defaultValue = AuthenticationSettings.DEFAULT_AUDIENCE,
      paramLabel = "A",
      description = "Audience that the tokens must be for (default: ${DEFAULT-VALUE}).")
  private String audience = AuthenticationSettings.DEFAULT_AUDIENCE;

  @Option(
      names = "--load-report-interval",
      converter = ReportInterval.class,
      defaultValue = "60s",
      paramLabel = "T",
      description =
          "How often Envoys report how much they sent to which zone; 0: not at all (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration loadReportInterval = LoadReporting.DEFAULT_INTERVAL;

  @Option(
      names = "--dns-resolvers",
      converter = Resolver.class,
      split = ",",
      paramLabel = "IP:PORT",
      description =
          "Whom Envoys ask for the addresses of ExternalName Services and FQDN slices, comma"
              + " separated (default: what the Envoy's machine or Pod is set up with).")
  private List<IpPort> dnsResolvers = List.of();

  /** Whether the xDS port speaks TLS. */
  public boolean hasTls() {
    return tls != null;
  }

  /** True when clients can only prove who they are by tokens, which a cluster signs. */
  public boolean needsCluster() {
    return mode != AuthenticationMode.NONE && (tls == null || tls.files().clientCa() == null);
  }

  /** Returns the settings of the xDS port. */
  public XdsSettings settings() {
    return new XdsSettings(
        XdsLimits.DEFAULT.withPushInterval(pushInterval).withClients(clients.limits()),
        tls == null ? null : tls.files(),
        new AuthenticationSettings(mode, audience),
        loadReportInterval,
        new DnsResolvers(dnsResolvers));
  }

  static final class Resolver implements ITypeConverter<IpPort> {
    @Override
    public IpPort convert(String text) {
      InetSocketAddress address = new ListenAddress().convert(text);
      if (address.getPort() == 0) {
        throw new TypeConversionException("'" + text + "' is no IP:PORT of a DNS server");
      }
      return new IpPort(InetAddresses.toAddrString(address.getAddress()), address.getPort());
    }
  }

  static final class ModeConverter extends Choice<AuthenticationMode> {
    ModeConverter() {
      super(AuthenticationMode.values(), AuthenticationMode::label);
    }
  }

  static final class Interval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("0|[0-9]{1,5}ms|[0-9]{1,2}s")) {
        throw new TypeConversionException(
            "'" + text + "' is no time as 100ms or 2s (at most 99s), and not 0");
      }
      long number = Long.parseLong(text.replaceAll("\\D", ""));
      return text.endsWith("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }
  }

  static final class ReportInterval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("0|[1-9][0-9]{0,2}s|[1-5]?[0-9]m") || text.equals("0m")) {
        throw new TypeConversionException(
            "'" + text + "' is no time as 60s or 5m (1s to 59m), and not 0");
      }
      long number = Long.parseLong(text.replaceAll("\\D", ""));
      return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
  }
}
