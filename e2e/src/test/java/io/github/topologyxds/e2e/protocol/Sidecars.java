package io.github.topologyxds.e2e.protocol;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Real Envoys with the sidecar's bootstrap. */
public record Sidecars(int xdsPort, XdsProtocol protocol) {
  /** Starts one on a Node, and waits until it is ready. */
  public EnvoyProcess start(String node) throws IOException {
    return start(node, UnaryOperator.identity());
  }

  /** Likewise, with something changed in its bootstrap. */
  public EnvoyProcess start(String node, UnaryOperator<String> change) throws IOException {
    int first = FreePorts.next(2);
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(node))
            .withXds(new XdsAddress("127.0.0.1", xdsPort))
            .withPorts(new ProxyPorts(first, first + 1))
            .withProtocol(protocol);
    String bootstrap = change.apply(BootstrapTemplate.render(settings));
    return EnvoyProcess.start(EnvoyBinary.find(), EnvoySpec.of(bootstrap, settings.ports()));
  }
}
