package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.KubeletStandIn;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.replicas.CommandRun;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands find and ask replicas through a real API server, with no more rights than are written
 * down. The kubelet, which nothing here has, is a stand-in that speaks its protocol.
 */
@Tag("real-cluster")
class RealClusterReplicasTest {
  private final Path admin = RealCluster.kubeconfig();

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final String node = namespace + "-node";

  @TempDir private Path folder = Path.of("");

  @Test
  void asksThemWithTheRightsThatAreNamed() throws Exception {
    int[] api = {FreePorts.next(), FreePorts.next()};
    Path manifests = Path.of("..", "docs", "examples");
    ServerProcess first = ServerProcess.startWithApi(manifests, FreePorts.next(), api[0]);
    ServerProcess second = ServerProcess.startWithApi(manifests, FreePorts.next(), api[1]);
    try (ClusterReader reader = new ClusterReader(admin);
        KubeletStandIn kubelet = KubeletStandIn.start();
        TestObjects objects = new TestObjects(reader.client(), namespace)) {
      objects.namespace();
      KubernetesClient client = reader.client();
      node(client, kubelet.port());
      pod(client, "xds-1", "True");
      pod(client, "xds-2", "True");
      pod(client, "xds-3", "False");
      kubelet.pods().lead(namespace + "/xds-1", api[0]);
      kubelet.pods().lead(namespace + "/xds-2", api[1]);
      String flags = " --server-namespace " + namespace + " --kubeconfig " + limited(client);

      assertThat(CommandRun.of("proxies" + flags).err())
          .contains("403 Forbidden", "the account needs list on pods in namespace " + namespace)
          .hasLineCount(1);
      role(client, "look", "pods", "[list]");
      awaitAnswer(flags, "needs get and create on pods/portforward in namespace " + namespace);
      role(client, "forward", "pods/portforward", "[get, create]");
      awaitAnswer(flags, "replica " + namespace + "/xds-3: is not ready");

      CommandRun listed = CommandRun.of("proxies" + flags);
      assertThat(listed.out()).isEqualTo("no proxy is connected");
      assertThat(listed.err().lines()).hasSize(1);
      assertThat(CommandRun.of("explain shop/cart --zone zone-a" + flags).out())
          .startsWith("shop/cart:http from zone-a");
      assertThat(CommandRun.of("check" + flags).out().lines().map(String::strip))
          .contains(
              "ok    2 replicas answer: "
                  + namespace
                  + "/xds-1, "
                  + namespace
                  + "/xds-2  "
                  + " REPLICAS",
              "WARN  " + namespace + "/xds-3: is not ready   REPLICAS")
          .anyMatch(line ->
              line.startsWith("ok    API server v1.")
                  && line.contains("as system:serviceaccount:" + namespace + ":limited"));
    } finally {
      remove();
      first.stop();
      second.stop();
    }
  }

  /** No kubelet confirms that the Pods have ended, and the Namespace would wait for that. */
  private void remove() {
    try (ClusterReader reader = new ClusterReader(admin)) {
      reader.client().pods().inNamespace(namespace).withGracePeriod(0).delete();
      reader.client().nodes().withName(node).delete();
    }
  }

  /** A role counts a moment after it was written. */
  private static void awaitAnswer(String flags, String words) {
    Wait.until(words)
        .untilAsserted(() ->
            assertThat(CommandRun.of("proxies" + flags).err())
                .contains(words)
                .doesNotContain("list on pods"));
  }

  private void node(KubernetesClient client, int kubelet) {
    client
        .resource(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: %s}
            status:
              addresses: [{type: InternalIP, address: 127.0.0.1}]
              daemonEndpoints: {kubeletEndpoint: {Port: %d}}
            """
                .formatted(node, kubelet))
        .create();
  }

  private void pod(KubernetesClient client, String name, String ready) {
    client
        .resource(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: %s
              labels:
                app.kubernetes.io/name: topology-xds
                app.kubernetes.io/component: control-plane
            spec:
              nodeName: %s
              automountServiceAccountToken: false
              containers: [{name: topology-xds, image: none}]
            """
                .formatted(name, namespace, node))
        .create();
    client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .editStatus(pod -> {
          pod.setStatus(
              new PodStatusBuilder()
                  .withPhase("Running")
                  .addNewCondition()
                  .withType("Ready")
                  .withStatus(ready)
                  .endCondition()
                  .build());
          return pod;
        });
  }

  private void role(KubernetesClient client, String name, String resource, String verbs) {
    for (String manifest :
        List.of(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: %s, namespace: %s}
            rules: [{apiGroups: [""], resources: [%s], verbs: %s}]
            """
                .formatted(name, namespace, resource, verbs),
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: %1$s, namespace: %2$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
            subjects: [{kind: ServiceAccount, name: limited, namespace: %2$s}]
            """
                .formatted(name, namespace))) {
      client.resource(manifest).create();
    }
  }

  /** The kubeconfig of an account that may nothing yet. */
  private Path limited(KubernetesClient client) throws Exception {
    client
        .resource(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: limited, namespace: %s}
            """
                .formatted(namespace))
        .create();
    return AccountTokens.kubeconfig(
        folder.resolve("limited.kubeconfig"),
        client.getMasterUrl().toString(),
        AccountTokens.forTheApi(client, namespace, "limited"));
  }
}
