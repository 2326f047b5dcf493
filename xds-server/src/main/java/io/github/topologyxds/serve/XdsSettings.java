package io.github.topologyxds.serve;

import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * How the xDS port is served.
 *
 * @param tls null: without TLS
 */
public record XdsSettings(XdsLimits limits, @Nullable TlsFiles tls) {
  public static final XdsSettings DEFAULT = new XdsSettings(XdsLimits.DEFAULT, null);
}
