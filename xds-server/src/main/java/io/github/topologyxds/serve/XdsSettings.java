package io.github.topologyxds.serve;

import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * How the xDS port is served.
 *
 * @param tls null: without TLS
 * @param authentication whether clients must prove who they are
 */
public record XdsSettings(
    XdsLimits limits, @Nullable TlsFiles tls, AuthenticationSettings authentication) {
  public static final XdsSettings DEFAULT = new XdsSettings(XdsLimits.DEFAULT, null);

  /** One that asks nobody who they are. */
  public XdsSettings(XdsLimits limits, @Nullable TlsFiles tls) {
    this(limits, tls, AuthenticationSettings.NONE);
  }
}
