package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;

/** Which HTTP version a cluster speaks, from the port's appProtocol (KEP-3726). */
final class UpstreamProtocols {
  static final String EXTENSION = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  /**
   * A ping before a request on a connection that has been idle for 30 s finds a dead peer before
   * the request does. No periodic pings: gRPC servers allow one in 5 minutes by default and close
   * the connection of a client that pings more often (gRPC A8); TCP keepalive watches busy
   * connections.
   */
  private static final Http2ProtocolOptions HTTP2 =
      Http2ProtocolOptions.newBuilder()
          .setConnectionKeepalive(
              KeepaliveSettings.newBuilder()
                  .setTimeout(Clusters.seconds(5))
                  .setConnectionIdleInterval(Clusters.seconds(30)))
          .build();

  private static final Any HTTP2_ONLY =
      Any.pack(
          HttpProtocolOptions.newBuilder()
              .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(HTTP2))
              .build());

  private static final Any AS_THE_CLIENT_SPEAKS =
      Any.pack(
          HttpProtocolOptions.newBuilder()
              .setUseDownstreamProtocolConfig(
                  UseDownstreamHttpConfig.newBuilder()
                      .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                      .setHttp2ProtocolOptions(HTTP2))
              .build());

  private UpstreamProtocols() {}

  static Any of(String appProtocol) {
    return switch (appProtocol) {
      case "kubernetes.io/h2c", "grpc", "http2" -> HTTP2_ONLY;
      default -> AS_THE_CLIENT_SPEAKS;
    };
  }
}
