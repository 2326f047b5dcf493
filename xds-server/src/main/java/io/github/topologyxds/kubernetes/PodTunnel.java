package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.github.topologyxds.model.finding.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A port on loopback that leads to a port of a Pod, through the API server: what {@code kubectl
 * port-forward} makes. A connection to it is a WebSocket on the Pod's {@code portforward}, for
 * which {@code create} on {@code pods/portforward} is needed. Any thread.
 */
public final class PodTunnel implements AutoCloseable {
  /** What fabric8 says before the words of the Pod's Node. */
  private static final String OF_NODE = "Received an error from the remote socket";

  private final KubernetesClient client;
  private final LocalPortForward forward;
  private final Unreachable server;

  private PodTunnel(KubernetesClient client, LocalPortForward forward, Unreachable server) {
    this.client = client;
    this.forward = forward;
    this.server = server;
  }

  /** A port of a Pod. */
  record Target(String namespace, String pod, int port) {}

  /** Begins to listen on loopback; asks nobody yet. The client is closed with it. */
  static PodTunnel open(KubernetesClient client, Target target, Unreachable server) {
    return new PodTunnel(
        client,
        client
            .pods()
            .inNamespace(target.namespace())
            .withName(target.pod())
            // Without an address, fabric8 listens on all of them.
            .portForward(target.port(), InetAddress.getLoopbackAddress(), 0),
        server);
  }

  /** Returns the port on loopback that leads there. */
  public int port() {
    return forward.getLocalPort();
  }

  /** Returns why a connection failed on its way to the Pod; empty: none did, as far as is known. */
  public Optional<ApiFailure> failure() {
    return Stream.concat(
            forward.getServerThrowables().stream(), forward.getClientThrowables().stream())
        .findFirst()
        .map(this::failure);
  }

  private ApiFailure failure(Throwable thrown) {
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof WebSocketHandshakeException refused) {
        return ApiStatus.failure(refused.getResponse().code(), new byte[0], Duration.ZERO);
      }
      String said = String.valueOf(at.getMessage());
      if (said.startsWith(OF_NODE)) {
        return new ApiFailure(
            ApiFailure.Kind.UNAVAILABLE,
            "says of the Pod: " + Finding.quote(said.substring(OF_NODE.length()).strip(), 200));
      }
    }
    return server.because(thrown);
  }

  @Override
  public void close() {
    try {
      forward.close();
    } catch (IOException e) {
      // It is let go of either way.
      Thread.onSpinWait();
    }
    client.close();
  }
}
