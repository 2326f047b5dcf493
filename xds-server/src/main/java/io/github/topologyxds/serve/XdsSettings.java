package io.github.topologyxds.serve;

import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.xds.DnsResolvers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the xDS port is served.
 *
 * @param tls null: without TLS
 * @param authentication whether clients must prove who they are
 * @param loadReportInterval how often proxies report their load; zero: not at all
 * @param dnsResolvers whom Envoys ask for the addresses of names
 */
public record XdsSettings(
    XdsLimits limits,
    @Nullable TlsFiles tls,
    AuthenticationSettings authentication,
    Duration loadReportInterval,
    DnsResolvers dnsResolvers) {
  public static final XdsSettings DEFAULT = new XdsSettings(XdsLimits.DEFAULT, null);

  /** One that asks nobody who they are, with the usual interval between load reports. */
  public XdsSettings(XdsLimits limits, @Nullable TlsFiles tls) {
    this(
        limits,
        tls,
        AuthenticationSettings.NONE,
        LoadReporting.DEFAULT_INTERVAL,
        DnsResolvers.OF_THE_CLIENT);
  }

  /** These with other limits. */
  public XdsSettings withLimits(XdsLimits other) {
    return new XdsSettings(other, tls, authentication, loadReportInterval, dnsResolvers);
  }

  /** These with clients that must prove who they are. */
  public XdsSettings withAuthentication(AuthenticationSettings other) {
    return new XdsSettings(limits, tls, other, loadReportInterval, dnsResolvers);
  }

  /** These with another interval between load reports. */
  public XdsSettings withLoadReportInterval(Duration other) {
    return new XdsSettings(limits, tls, authentication, other, dnsResolvers);
  }

  /** These with others whom Envoys ask for the addresses of names. */
  public XdsSettings withDnsResolvers(DnsResolvers other) {
    return new XdsSettings(limits, tls, authentication, loadReportInterval, other);
  }
}
