package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.cli.PlanRun.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code plan} over files: what is ours, what is not, and what comes next. */
class PlanCommandTest {
  private static final String WORLD =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop, uid: u-1}
      spec:
        selector: {app: cart}
        ipFamilies: [IPv4, IPv6]
        trafficDistribution: PreferSameZone
        ports: [{name: http, port: 80, targetPort: web}]
      ---
      apiVersion: topology-xds.io/v1alpha1
      kind: ExternalWorkload
      metadata: {name: vm-1, namespace: shop, uid: w-1, labels: {app: cart, tier: x}}
      spec: {addresses: [10.0.0.1, "fd00::1"], ports: [{name: web, port: 8080}], zone: zone-a}
      ---
      apiVersion: topology-xds.io/v1alpha1
      kind: ExternalWorkload
      metadata: {name: vm-2, namespace: shop, uid: w-2, labels: {app: cart}}
      spec: {addresses: [10.0.0.2], ports: [{name: web, port: 8081}], zone: zone-b}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("world.yaml"), WORLD);
  }

  @Test
  void shouldMakeOneSliceForEachFamilyAndPortSet() throws IOException {
    Result plan = plan();
    JsonNode create = plan.document().path("create");
    assertThat(create).hasSize(3);
    assertThat(create.path(0).at("/metadata/generateName").asString()).isEqualTo("cart-");
    assertThat(create.path(0).at("/metadata/ownerReferences/0/uid").asString()).isEqualTo("u-1");
    assertThat(create.path(0).at("/endpoints/0/hints/forZones/0/name").asString())
        .isEqualTo("zone-a");
    assertThat(create.path(0).at("/endpoints/0/conditions").toString())
        .isEqualTo("{\"ready\":true,\"serving\":true,\"terminating\":false}");
    assertThat(create.path(1).at("/ports/0/port").asInt()).isEqualTo(8081);
    assertThat(create.path(2).path("addressType").asString()).isEqualTo("IPv6");
    assertThat(plan.apply(folder).plan(List.of()).isEmpty()).isTrue();
  }

  @Test
  void shouldWriteOneSliceForOneChange() throws IOException {
    plan().apply(folder);
    replace("world.yaml", "zone: zone-b", "zone: zone-c");
    Result plan = plan();
    assertThat(plan.document().path("create")).isEmpty();
    assertThat(plan.document().path("delete")).isEmpty();
    JsonNode update = plan.document().path("update");
    assertThat(update).hasSize(1);
    assertThat(update.path(0).at("/metadata/resourceVersion").asString()).isEqualTo("7");
    assertThat(plan.apply(folder).plan(List.of()).isEmpty()).isTrue();
  }

  @Test
  void shouldReuseASliceBeforeItMakesOne() throws IOException {
    plan().apply(folder);
    replace("world.yaml", "port: 8081", "port: 8082");
    Result plan = plan();
    assertThat(plan.document().path("create")).isEmpty();
    assertThat(plan.document().path("delete")).isEmpty();
    assertThat(plan.document().path("update")).hasSize(1);
  }

  @Test
  void shouldLeaveNothingOfAServiceThatWasMadeAgain() throws IOException {
    plan().apply(folder);
    replace("world.yaml", "uid: u-1", "uid: u-2");
    Result plan = plan();
    assertThat(plan.document().path("delete")).hasSize(3);
    assertThat(plan.document().path("create")).hasSize(3);
    assertThat(plan.document().path("create").toString()).doesNotContain("u-1");
    assertThat(plan.apply(folder).plan(List.of()).isEmpty()).isTrue();
  }

  @Test
  void shouldReplaceASliceThatSomebodyTookOverAndLeaveItAlone() throws IOException {
    plan().apply(folder);
    replace("slices.json", "managed-by\":\"topology-xds-controller", "managed-by\":\"thief");
    Result plan = plan();
    assertThat(plan.document().path("delete")).isEmpty();
    assertThat(plan.document().path("update")).isEmpty();
    assertThat(plan.document().path("create")).hasSize(3);
    assertThat(plan.reasons()).contains("SLICE_TAKEN_OVER");
  }

  @Test
  void shouldPublishNothingThatAnotherManagerHasAndHintAsItDoes() throws IOException {
    Files.writeString(
        folder.resolve("others.yaml"), others("    hints: {forZones: [{name: zone-z}]}"));
    Result hinted = plan();
    assertThat(hinted.reasons()).contains("ADDRESS_OF_ANOTHER_MANAGER");
    assertThat(hinted.document().path("create").toString()).doesNotContain("10.0.0.1\"");
    assertThat(hinted.document().path("create").toString()).contains("forZones");

    Files.writeString(folder.resolve("others.yaml"), others(""));
    JsonNode create = plan().document().path("create");
    assertThat(create.path(0).path("addressType").asString()).isEqualTo("IPv4");
    assertThat(create.path(0).toString()).doesNotContain("hints");
  }

  private static String others(String hints) {
    return """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: cart-abcde
      namespace: shop
      labels:
        kubernetes.io/service-name: cart
        endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
    addressType: IPv4
    ports: [{name: http, port: 8080, protocol: TCP}]
    endpoints:
      - addresses: [10.0.0.1]
        conditions: {ready: true}
    %s
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: cart-empty
      namespace: shop
      labels: {kubernetes.io/service-name: cart}
    addressType: IPv4
    ports: null
    endpoints: null
    """
        .formatted(hints);
  }

  @Test
  void shouldMirrorEndpointsThatKubernetesLeavesAlone() throws IOException {
    String world =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: legacy, namespace: data, annotations: {topology-xds.io/mirror: "true"}}
        spec:
          ipFamilies: [IPv4]
          trafficDistribution: PreferSameNode
          ports: [{name: sql, port: 3306}]
        ---
        apiVersion: v1
        kind: Endpoints
        metadata:
          name: legacy
          namespace: data
          labels: {endpointslice.kubernetes.io/skip-mirror: "true"}
        subsets:
          - addresses: [{ip: 10.50.0.1, nodeName: node-a1}]
            notReadyAddresses: [{ip: 10.50.0.3}]
            ports: [{name: sql, port: 3306}]
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-a1, labels: {topology.kubernetes.io/zone: zone-a}}
        """;
    Files.writeString(folder.resolve("world.yaml"), world);
    JsonNode endpoints = plan().document().at("/create/0/endpoints");
    assertThat(endpoints).hasSize(2);
    assertThat(endpoints.path(0).path("zone").asString()).isEqualTo("zone-a");
    assertThat(endpoints.path(0).path("hints").toString())
        .isEqualTo("{\"forNodes\":[{\"name\":\"node-a1\"}],\"forZones\":[{\"name\":\"zone-a\"}]}");
    assertThat(endpoints.path(1).at("/conditions/ready").asBoolean()).isFalse();

    replace("world.yaml", "skip-mirror: \"true\"", "skip-mirror: \"no\"");
    assertThat(plan().isEmpty()).isTrue();
    assertThat(plan().reasons()).containsExactly("MIRROR_REFUSED");
  }

  @Test
  void shouldLimitTheAddressesOnlyWhereItIsTold() throws IOException {
    assertThat(plan().document().path("create")).hasSize(3);
    Result limited =
        PlanRun.of(folder).plan(List.of("--external-workload-cidrs", "10.0.0.2/32,192.168.0.0/16"));
    assertThat(limited.document().path("create")).hasSize(1);
    assertThat(limited.reasons()).containsExactly("ADDRESS_NOT_ALLOWED", "ADDRESS_NOT_ALLOWED");
  }

  @Test
  void shouldSayWhatIsWrongInOneLine() throws IOException {
    assertThat(run("plan", "-f", folder.resolve("nowhere").toString())).contains("nowhere");
    assertThat(run("plan", "-f", folder.toString(), "--external-workload-cidrs", "10.0.0.0/33"))
        .contains("10.0.0.0/33");
    replace("world.yaml", "zone: zone-b", "zone: \"zone b\"");
    replace("world.yaml", "targetPort: web", "targetPort: wob");
    assertThat(plan().reasons()).contains("ZONE_INVALID", "TARGET_PORT_UNKNOWN");
  }

  private Result plan() {
    return PlanRun.of(folder).plan(List.of());
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private static String run(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    assertThat(root.execute(arguments)).isBetween(1, 2);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString();
  }
}
