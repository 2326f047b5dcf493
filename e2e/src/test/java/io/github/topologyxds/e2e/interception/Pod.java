package io.github.topologyxds.e2e.interception;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.network.IsolatedJvm;
import io.github.topologyxds.demo.network.PodNetwork;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectRules;
import io.github.topologyxds.topology.address.Cidr;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Pod on node-a: this process' namespace, in which its Envoy runs as a user of its own. */
final class Pod implements Closeable {
  /**
   * An address in the Service CIDR that no Service has, and one outside of it; both are outside.
   */
  static final String UNKNOWN_SERVICE = "10.96.0.200";

  static final String UNKNOWN_SERVICE_IPV6 = "fd00:96::200";
  static final String ELSEWHERE = "203.0.113.9";
  static final String ELSEWHERE_IPV6 = "2001:db8::9";

  static final Capture SERVICES =
      new Capture.Services(List.of(cidr("10.96.0.0/12"), cidr("fd00:96::/108")));

  private static final ProxyPorts PORTS = ProxyPorts.DEFAULT;
  private static final int PATIENCE_MILLIS = 8000;

  private final Process outside;
  private final PodNetwork network;
  private final Bench bench = new Bench(new ProcessEnvoyRunner());
  private final EnvoyBinary envoy;

  private Pod(Process outside, PodNetwork network, EnvoyBinary envoy) throws IOException {
    this.outside = outside;
    this.network = network;
    this.envoy = envoy;
  }

  /** Makes the namespace of this process that of the Pod, and a world of two zones. */
  static Pod make() throws IOException {
    Process outside =
        IsolatedJvm.of(Outside.class, List.of()).redirectError(Redirect.INHERIT).start();
    PodNetwork network = PodNetwork.connect(awaitReady(outside));
    for (String address :
        List.of(UNKNOWN_SERVICE, UNKNOWN_SERVICE_IPV6, ELSEWHERE, ELSEWHERE_IPV6)) {
      network.outsideHas(address);
    }
    Path folder = Files.createTempDirectory("topology-xds-pod");
    Pod pod =
        new Pod(
            outside,
            network,
            PodNetwork.asProxy(EnvoyBinary.find(), RedirectRules.DEFAULT_PROXY_UID, folder));
    pod.bench.closing(() -> {
      Files.delete(pod.envoy.path());
      Files.delete(folder);
    });
    pod.bench.world().zones(2);
    return pod;
  }

  private static long awaitReady(Process outside) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(outside.getInputStream(), StandardCharsets.UTF_8));
    if (!Outside.READY.equals(lines.readLine())) {
      throw new IOException("the process outside did not start");
    }
    return outside.pid();
  }

  Bench bench() {
    return bench;
  }

  PodNetwork network() {
    return network;
  }

  /** Starts the Pod's Envoy, and waits until it is ready. */
  EnvoyProcess startEnvoy() throws IOException {
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, Bench.inShop("node-a"))
            .withXds(new XdsAddress("127.0.0.1", bench.xdsPort()))
            .withPorts(PORTS)
            .withShape(SidecarShape.ON_DEMAND);
    EnvoyProcess started = EnvoyProcess.start(envoy, EnvoySpec.of(settings));
    bench.closing(started::close);
    return started;
  }

  /** The outcome of curl: its status line and headers, as an application would see them. */
  static Command.Result curl(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("curl", "-sS", "-i", "--max-time", "8"));
    words.addAll(List.of(arguments));
    return new Command(words).result();
  }

  /** The first line that a server sends that speaks first; "end" where the connection ends. */
  static String greeting(String address, int port) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return line == null ? "end" : line;
    }
  }

  static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    bench.close();
    outside.destroyForcibly();
  }
}
