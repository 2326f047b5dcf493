package io.github.topologyxds.e2e.bench;

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

/** A control plane in this JVM, which is stopped in good order. */
record InProcessServer(ControlPlane controlPlane) implements Server {
  static InProcessServer start(Path folder, int port, XdsSettings xds) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      return new InProcessServer(
          ControlPlane.start(
              new ServeSettings(
                      new SourceSettings.Folder(folder),
                      new InetSocketAddress(loopback, port),
                      new InetSocketAddress(loopback, 0),
                      RoutingOptions.DEFAULT)
                  .withXds(xds)));
    } catch (SourceException e) {
      throw new IOException("the server does not start over " + folder, e);
    }
  }

  @Override
  public void stop() {
    controlPlane.close();
  }
}
