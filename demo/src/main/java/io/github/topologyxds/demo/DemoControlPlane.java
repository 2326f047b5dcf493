package io.github.topologyxds.demo;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The control plane as the demo runs it: on free ports of the loopback interface. */
public final class DemoControlPlane implements DemoServer {
  /** Nobody waits a minute in front of a screen. */
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);

  private final ControlPlane controlPlane;

  private DemoControlPlane(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** Starts one over a folder of manifests. */
  public static DemoServer start(Path folder) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return new DemoControlPlane(
          ControlPlane.start(
              new ServeSettings(
                      new SourceSettings.Folder(folder), anyPort, anyPort, RoutingOptions.DEFAULT)
                  .withApi(new ApiSettings(anyPort, List.of()))
                  .withXds(XdsSettings.DEFAULT.withLoadReportInterval(REPORT_INTERVAL))));
    } catch (SourceException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public int xdsPort() {
    return controlPlane.xdsPort();
  }

  @Override
  public int adminPort() {
    return controlPlane.adminPort();
  }

  @Override
  public int apiPort() {
    return controlPlane.apiPort().orElseThrow();
  }

  @Override
  public MeasuredLoad loads() {
    return controlPlane.loads();
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
