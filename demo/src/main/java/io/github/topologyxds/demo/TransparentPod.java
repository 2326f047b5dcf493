package io.github.topologyxds.demo;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.network.EmptyNamespace;
import io.github.topologyxds.demo.network.PodNetwork;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import io.github.topologyxds.topology.address.Cidr;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A Pod of zone-a in the network namespace of this process, which is its own: the rules of {@code
 * redirect}, a sidecar on demand, and an application that knows of neither. The demo's backends are
 * in it too: they listen on loopback addresses, which the rules leave alone.
 */
final class TransparentPod {
  /** What a line begins with that says what was not as it should be. */
  static final String COMPLAINT = "complaint: ";

  static final String ZONE = DemoWorld.ZONES.getFirst();

  private static final String SERVICE_CIDR = "10.96.0.0/12";

  private TransparentPod() {}

  /** Plays it, and ends at once when the input ends: whoever has started this is gone. */
  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("end-of-input").start(TransparentPod::endWithInput);
    int exit = 0;
    try {
      Optional<String> complaint = play();
      complaint.ifPresent(what -> System.out.println(COMPLAINT + what));
      exit = complaint.isPresent() ? 1 : 0;
    } catch (IOException | RuntimeException e) {
      System.out.println(COMPLAINT + e.getMessage());
      exit = 1;
    }
    System.exit(exit);
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes: the end is what is waited for.
      }
    } catch (IOException e) {
      // It has ended.
    }
    System.exit(1);
  }

  private static Optional<String> play() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("topology-xds-demo");
        EmptyNamespace outside = EmptyNamespace.make()) {
      say(
          "an application in zone-a, in a network namespace of its own; the rules of `topology-xds"
              + " redirect --service-cidrs "
              + SERVICE_CIDR
              + "` bring what it sends to Services to a sidecar on demand");
      PodNetwork.connect(outside.pid()).redirect(rules(), RedirectMode.NFT);
      DemoWorld world =
          DemoWorld.write(
              folder.path().resolve("world"), DemoPreference.AS_WRITTEN, FreePorts.next());
      try (DemoStage stage = DemoStage.of(world);
          DemoServer server = DemoControlPlane.start(world.folder());
          EnvoyProcess envoy = sidecar(folder, server.xdsPort())) {
        return new TransparentRequests(world, stage, envoy).run();
      }
    }
  }

  private static RedirectRules rules() {
    return RedirectRules.of(new Capture.Services(List.of(Cidr.parse(SERVICE_CIDR).orElseThrow())));
  }

  private static EnvoyProcess sidecar(TemporaryFolder folder, int xdsPort) throws IOException {
    ProxyNode node = ProxyNode.on(DemoWorld.nodeOf(ZONE)).inNamespace(DemoWorld.NAMESPACE);
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, node)
            .withXds(new XdsAddress("127.0.0.1", xdsPort))
            .withPorts(ProxyPorts.DEFAULT)
            .withShape(SidecarShape.ON_DEMAND);
    EnvoyBinary asProxy =
        PodNetwork.asProxy(EnvoyBinary.find(), RedirectRules.DEFAULT_PROXY_UID, folder.path());
    return EnvoyProcess.start(asProxy, EnvoySpec.of(settings));
  }

  static void say(String line) {
    System.err.println(line);
  }
}
