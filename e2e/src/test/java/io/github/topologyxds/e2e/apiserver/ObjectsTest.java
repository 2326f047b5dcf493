package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.SLICES_OF_SHOP;
import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Writes, as far as the transcripts do not show them, and the parts that only tests see. */
class ObjectsTest {
  private static final String WORKLOADS =
      "/apis/topology-xds.io/v1alpha1/namespaces/shop/externalworkloads";

  private final ApiServer api = ApiServer.start();
  private final TestClient client = new TestClient(api);

  @BeforeEach
  void namespace() {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void generateNameAddsFiveLetters() throws Exception {
    String body = slice("x", "10.0.0.1").replace("\"name\": \"x\"", "\"generateName\": \"cart-\"");
    JsonNode first = client.send("POST", SLICES_OF_SHOP, body).body();
    JsonNode second = client.send("POST", SLICES_OF_SHOP, body).body();
    assertThat(name(first)).matches("cart-[a-z0-9]{5}").isNotEqualTo(name(second));
    assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).hasSize(2);
  }

  @Test
  void generationCountsLabelsAndContentButNoAnnotations() throws Exception {
    client.send("POST", SLICES_OF_SHOP, slice("a", "10.0.0.1"));
    String path = SLICES_OF_SHOP + "/a";
    JsonNode noted =
        client.send("PATCH", path, "{\"metadata\": {\"annotations\": {\"n\": \"1\"}}}").body();
    assertThat(noted.path("metadata").path("generation").asInt()).isEqualTo(1);
    JsonNode labelled =
        client.send("PATCH", path, "{\"metadata\": {\"labels\": {\"l\": \"1\"}}}").body();
    assertThat(labelled.path("metadata").path("generation").asInt()).isEqualTo(2);
    JsonNode moved = client.send("PUT", path, slice("a", "10.0.0.2")).body();
    assertThat(moved.path("metadata").path("generation").asInt()).isEqualTo(3);
  }

  @Test
  void aWriteThatChangesNothingIsNone() throws Exception {
    client.send("POST", SLICES_OF_SHOP, slice("a", "10.0.0.1"));
    long before = api.revision();
    assertThat(client.send("PUT", SLICES_OF_SHOP + "/a", slice("a", "10.0.0.1")).status())
        .isEqualTo(200);
    assertThat(api.revision()).isEqualTo(before);
  }

  @Test
  void deletesKeepToTheirPreconditions() throws Exception {
    client.send("POST", SLICES_OF_SHOP, slice("a", "10.0.0.1"));
    String path = SLICES_OF_SHOP + "/a";
    TestClient.Reply refused =
        client.send("DELETE", path, "{\"preconditions\": {\"resourceVersion\": \"1\"}}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    String right = client.get(path).version();
    String options = "{\"preconditions\": {\"resourceVersion\": \"" + right + "\"}}";
    assertThat(client.send("DELETE", path, options).status()).isEqualTo(200);
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void aStalePatchIsRefused() throws Exception {
    client.send("POST", SLICES_OF_SHOP, slice("a", "10.0.0.1"));
    String stale = "{\"metadata\": {\"resourceVersion\": \"1\", \"labels\": {\"l\": \"1\"}}}";
    assertThat(client.send("PATCH", SLICES_OF_SHOP + "/a", stale).status()).isEqualTo(409);
  }

  @Test
  void statusIsWrittenApart() throws Exception {
    String workload =
        """
        {"apiVersion": "topology-xds.io/v1alpha1", "kind": "ExternalWorkload",
         "metadata": {"name": "vm"}, "spec": {"zone": "%s"}, "status": {"seen": "%s"}}
        """;
    client.send("POST", WORKLOADS, workload.formatted("a", "no"));
    assertThat(client.get(WORKLOADS + "/vm").body().has("status")).isFalse();
    client.send("PUT", WORKLOADS + "/vm/status", workload.formatted("b", "yes"));
    JsonNode seen = client.get(WORKLOADS + "/vm").body();
    assertThat(seen.path("spec").path("zone").asString()).isEqualTo("a");
    assertThat(seen.path("status").path("seen").asString()).isEqualTo("yes");
    assertThat(seen.path("metadata").path("generation").asInt()).isEqualTo(1);
    client.send("PUT", WORKLOADS + "/vm", workload.formatted("c", "never"));
    JsonNode moved = client.get(WORKLOADS + "/vm").body();
    assertThat(moved.path("spec").path("zone").asString()).isEqualTo("c");
    assertThat(moved.path("status").path("seen").asString()).isEqualTo("yes");
    assertThat(moved.path("metadata").path("generation").asInt()).isEqualTo(2);
  }

  @Test
  void aLeaseIsTakenByOneWriterOnly() throws Exception {
    String path = "/apis/coordination.k8s.io/v1/namespaces/shop/leases";
    String lease =
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
         "metadata": {"name": "l"%s}, "spec": {"holderIdentity": "%s"}}
        """;
    TestClient.Reply made = client.send("POST", path, lease.formatted("", "one"));
    String version = ", \"resourceVersion\": \"" + made.version() + "\"";
    assertThat(client.send("PUT", path + "/l", lease.formatted(version, "two")).status())
        .isEqualTo(200);
    assertThat(client.send("PUT", path + "/l", lease.formatted(version, "three")).status())
        .isEqualTo(409);
  }

  @Test
  void servicesGetWhatARealServerGivesThem() throws Exception {
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {ports: [{port: 80}]}
        """);
    JsonNode spec = client.get("/api/v1/namespaces/shop/services/cart").body().path("spec");
    assertThat(spec.path("clusterIP").asString()).startsWith("10.");
    assertThat(spec.path("ipFamilies").path(0).asString()).isEqualTo("IPv4");
    assertThat(spec.path("ports").path(0).path("targetPort").asInt()).isEqualTo(80);
    assertThat(spec.path("internalTrafficPolicy").asString()).isEqualTo("Cluster");
  }

  @Test
  void aTestsOwnHandIsUnderTheSameRules() {
    assertThatThrownBy(() -> api.put(slice("a", "127.0.0.1")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(422));
  }

  @Test
  void aNamespaceTakesItsContentAlong() {
    api.put(slice("a", "10.0.0.1"));
    api.delete(ResourceKind.NAMESPACES, "", "shop");
    assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).isEmpty();
  }

  @Test
  void theLogNamesUserVerbAndAnswer(@TempDir Path folder) throws Exception {
    client.send("POST", SLICES_OF_SHOP, slice("a", "10.0.0.1"));
    client.raw("/api/v1/nodes?watch=true&timeoutSeconds=0");
    List<RecordedRequest> log = api.requests();
    assertThat(log).extracting(RecordedRequest::verb).containsExactly(Verb.CREATE, Verb.WATCH);
    assertThat(log).extracting(RecordedRequest::user).containsOnly("tester");
    assertThat(log.get(0).status()).isEqualTo(201);
    assertThat(log.get(0).body()).contains("10.0.0.1");
    api.clearRequests();
    assertThat(api.requests()).isEmpty();
    assertThat(Files.readString(api.kubeconfig(folder, "replica-2")))
        .contains(api.uri().toString(), "token-of-replica-2");
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }
}
