package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.github.topologyxds.e2e.protocol.ProvenSidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Pod of a real API server, of which only what its Envoy needs is here: the projected token and a
 * client's certificate. No kubelet runs it; the token is asked for as the kubelet does.
 */
final class TokenPod {
  /** The shortest that an API server grants. */
  static final long SHORTEST_SECONDS = 600;

  private final KubernetesClient client;
  private final Pod pod;
  private final Path folder;
  private final Path certificates;

  /** Makes service account and Pod, and has the first token written. */
  TokenPod(KubernetesClient client, String namespace, String node, Path certificates)
      throws IOException {
    this.client = client;
    this.certificates = certificates;
    this.folder = Files.createTempDirectory(certificates, "pod");
    this.pod = create(client, namespace, node);
    projectToken();
  }

  /** Makes a Pod on a Node, which need not be there, and its service account. */
  static Pod create(KubernetesClient client, String namespace, String node) {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("front").endMetadata().build())
        .create();
    return client
        .pods()
        .inNamespace(namespace)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("front-1")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("front")
                .withNodeName(node)
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("app")
                .withImage("registry.example.com/app")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  /** Writes a new token in place of the one before, as the kubelet does. */
  void projectToken() throws IOException {
    String token = AccountTokens.ofPod(client, pod, "topology-xds", SHORTEST_SECONDS);
    AuthenticatingServer.write(folder.resolve("token"), token);
  }

  /**
   * Starts an Envoy with what {@code bootstrap --token-file --tls-ca --tls-cert --tls-key --out}
   * writes.
   *
   * @param claimed the Node that it says it is on
   */
  EnvoyProcess launch(int xdsPort, String claimed, SidecarShape shape) throws IOException {
    return sidecars().launch(xdsPort, claimed, shape, XdsProtocol.DELTA);
  }

  /** Returns its Envoys, before they are started. */
  ProvenSidecars sidecars() {
    return ProvenSidecars.ofBoth(certificates, folder.resolve("token"));
  }
}
