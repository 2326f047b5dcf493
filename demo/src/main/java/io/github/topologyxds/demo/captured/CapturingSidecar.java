package io.github.topologyxds.demo.captured;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A real Envoy as a sidecar, and beside its own listeners a {@link CapturedListener}. */
public final class CapturingSidecar implements AutoCloseable {
  private final EnvoyProcess envoy;
  private final Captured captured;

  private CapturingSidecar(EnvoyProcess envoy, Captured captured) {
    this.envoy = envoy;
    this.captured = captured;
  }

  /**
   * Starts one, without waiting until it is ready.
   *
   * @param xdsPort of the server on loopback
   * @param shape of what the server sends
   * @param caught what takes the connections that were caught
   */
  public static CapturingSidecar launch(
      int xdsPort, ProxyNode node, SidecarShape shape, OnDemandListeners caught)
      throws IOException {
    int port = FreePorts.next(4);
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, node)
            .withXds(new XdsAddress("127.0.0.1", xdsPort))
            .withPorts(new ProxyPorts(port, port + 1))
            .withShape(shape);
    String bootstrap = CapturedListener.addTo(BootstrapTemplate.render(settings), caught, port + 3);
    return new CapturingSidecar(
        EnvoyProcess.launch(EnvoyBinary.find(), EnvoySpec.of(bootstrap, settings.ports())),
        new Captured(port + 3));
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param caught what takes the connections that were caught
   */
  public static CapturingSidecar start(
      int xdsPort, ProxyNode node, SidecarShape shape, OnDemandListeners caught)
      throws IOException {
    CapturingSidecar sidecar = launch(xdsPort, node, shape, caught);
    try {
      sidecar.envoy.awaitReady();
      return sidecar;
    } catch (IOException | RuntimeException e) {
      sidecar.close();
      throw e;
    }
  }

  /** Returns its Envoy. */
  public EnvoyProcess envoy() {
    return envoy;
  }

  /** Returns connections that were going elsewhere. */
  public Captured captured() {
    return captured;
  }

  /** Returns where its own listener is: for requests that name their Service, as a proxy's. */
  public InetSocketAddress explicit() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), envoy.ports().listener());
  }

  /** Sends a GET that names this host there, and returns its answer: status line, headers, body. */
  public String get(String host) throws IOException {
    try (Socket socket = new Socket(explicit().getAddress(), explicit().getPort())) {
      return Captured.get(socket, host);
    }
  }

  @Override
  public void close() {
    envoy.close();
  }
}
