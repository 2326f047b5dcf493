package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SecretFile;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
    int first = FreePorts.next(2);
    Path files = Files.createTempDirectory(folder, "envoy");
    XdsTls tls =
        new XdsTls(
            certificates.resolve("ca.crt").toString(),
            new XdsTls.Pair(
                certificates.resolve("tls.crt").toString(),
                certificates.resolve("tls.key").toString()),
            Optional.of(folder.resolve("token").toString()),
            Optional.of(new XdsTls.Rotation(files.toString())));
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(claimed))
            .withXds(new XdsAddress("127.0.0.1", xdsPort))
            .withPorts(new ProxyPorts(first, first + 1))
            .withShape(shape)
            .withTls(tls);
    for (SecretFile secret : SecretFile.values()) {
      Optional<String> text = secret.text(tls);
      if (text.isPresent()) {
        Files.writeString(files.resolve(secret.fileName()), text.get());
      }
    }
    return EnvoyProcess.launch(EnvoyBinary.find(), EnvoySpec.of(settings));
  }
}
