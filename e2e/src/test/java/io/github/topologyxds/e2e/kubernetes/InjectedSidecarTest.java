package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.inject.InjectMode;
import io.github.topologyxds.inject.InjectSettings;
import io.github.topologyxds.inject.Injection;
import io.github.topologyxds.inject.SidecarCredentials;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectRules;
import io.github.topologyxds.serve.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inject} prints is started in a real Envoy, at a server that asks for tokens. */
class InjectedSidecarTest {
  private static final String PROVEN = PodTokenTest.clients("zone-a") + " 1.0";
  private static final Duration HOUR = Duration.ofHours(1);

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: front-1, namespace: shop}
      spec:
        containers:
        - {name: front, image: front}
      """;

  private static final Map<String, String> DOWNWARD_API =
      Map.of(
          "spec.nodeName", "node-a",
          "metadata.namespace", "shop",
          "metadata.name", "front-1");

  @TempDir private Path folder = Path.of("");

  private static InjectSettings settings(int port, Optional<String> audience) {
    return new InjectSettings(
        InjectMode.EXPLICIT,
        RedirectRules.of(new Capture.All()),
        new XdsAddress("127.0.0.1", port),
        List.of(),
        Optional.of(new SidecarCredentials("front-tls", audience)),
        new InjectSettings.Images(InjectSettings.Images.ENVOY, InjectSettings.Images.REDIRECT));
  }

  private InjectedPod injected(int port, Optional<String> audience) throws Exception {
    return new InjectedPod(Injection.of(POD, settings(port, audience)).text(), folder);
  }

  @Test
  void itsPodIsProvenAndAllRotatesUnderTraffic() throws Exception {
    int port = FreePorts.next();
    Path token = folder.resolve("token");
    AuthenticatingServer.writeCertificates(folder, "authority-1");
    try (ApiServer api = ApiServer.start();
        Shop shop = new Shop(api, FreePorts.next())) {
      AuthenticatingServer.write(token, api.tokens().podToken("shop", "front-1", "node-a", HOUR));
      InjectedPod pod = injected(port, Optional.of("topology-xds"));
      try (EnvoyProcess envoy = pod.launch(folder, DOWNWARD_API);
          SteadyTraffic traffic = throughFirstServer(api, pod, envoy, port)) {
        // While no server is there, all that the connection is made with is replaced.
        api.tokens().rotateTo("key-2");
        AuthenticatingServer.write(token, api.tokens().podToken("shop", "front-1", "node-a", HOUR));
        AuthenticatingServer.writeCertificates(folder, "authority-2");
        try (ControlPlane controlPlane = AuthenticatingServer.start(api, folder, port)) {
          Wait.until("Envoy is back with its new token")
              .untilAsserted(() -> assertThat(PodTokenTest.metrics(controlPlane)).contains(PROVEN));
          shop.endpoints(2);
          assertThat(traffic.assertNoneFailed()).isPositive();
        }
      }
    }
  }

  private SteadyTraffic throughFirstServer(
      ApiServer api, InjectedPod pod, EnvoyProcess envoy, int port) throws Exception {
    try (ControlPlane controlPlane = AuthenticatingServer.start(api, folder, port)) {
      envoy.awaitReady();
      Wait.until("the startup probe passes").until(pod::started);
      assertThat(PodTokenTest.metrics(controlPlane)).contains(PROVEN);
      LoadRequest request = LoadRequest.get("web.shop.svc.cluster.local");
      return new SteadyTraffic(new LoadGenerator(envoy.outbound(), request));
    }
  }
}
