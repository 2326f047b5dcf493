package io.github.topologyxds.e2e.protocol;

import static org.awaitility.Awaitility.await;

import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The control plane over a folder of manifests, as {@code serve --files} runs it. */
public final class ServedFolder {
  /** The cluster that was recorded from a real API server. */
  public static final Path RECORDED =
      Path.of("..", "xds-server", "src", "test", "resources", "cluster");

  /** What the pages begin with. */
  static final Path EXAMPLES = Path.of("..", "docs", "examples");

  private ServedFolder() {}

  public static ControlPlane start(Path folder) throws IOException, SourceException {
    return start(folder, 0);
  }

  /** Starts one on this xDS port (0 takes a free one), and waits until it answers. */
  static ControlPlane start(Path folder, int xdsPort) throws IOException, SourceException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ControlPlane started =
        ControlPlane.start(
            new ServeSettings(
                new SourceSettings.Folder(folder),
                new InetSocketAddress(loopback, xdsPort),
                new InetSocketAddress(loopback, 0),
                RoutingOptions.DEFAULT));
    await().until(() -> started.store().complete());
    return started;
  }
}
