package io.github.topologyxds.source.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.source.manifests.ManifestContent.Outcome;
import io.github.topologyxds.state.ModelObject;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ManifestReaderTest {
  /** The example of Kubernetes' own documentation of topology aware routing. */
  public static final String EXAMPLE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: example-svc
      spec:
        ports:
        - name: http
          port: 80
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: example-hints
        labels:
          kubernetes.io/service-name: example-svc
      addressType: IPv4
      ports:
        - name: http
          protocol: TCP
          port: 80
      endpoints:
        - addresses:
            - "10.127.2.3"
          conditions:
            ready: true
          hostname: pod-1
          nodeName: node-a
          zone: zone-a
          hints:
            forZones:
              - name: "zone-a"
      """;

  public static final String JSON_EXAMPLE =
      """
      {
      \t"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSliceList",
      \t"items": [{
      \t\t"metadata": {"name": "example-hints",
      \t\t\t"labels": {"kubernetes.io/service-name": "example-svc"}},
      \t\t"addressType": "IPv4",
      \t\t"ports": [{"name": "http", "port": 80}],
      \t\t"endpoints": [{"addresses": ["10.127.2.3"], "hostname": "pod-1", "nodeName": "node-a",
      \t\t\t"zone": "zone-a", "hints": {"forZones": [{"name": "zone-a"}]}}]
      \t}]
      }
      """;

  static final SliceModel EXAMPLE_SLICE =
      new SliceModel(
          new ObjectName("default", "example-hints"),
          new ObjectName("default", "example-svc"),
          AddressType.IPV4,
          false,
          List.of(new SlicePort("http", 80, Protocol.TCP)),
          List.of(
              new EndpointModel(
                  "10.127.2.3",
                  "node-a",
                  "zone-a",
                  "pod-1",
                  "",
                  new Hints(new TreeSet<>(List.of("zone-a")), new TreeSet<>()),
                  Readiness.READY)));

  @Test
  void readsTheDocumentedExample() {
    ManifestContent content = ManifestReader.read("x.yaml", EXAMPLE);
    assertThat(content.findings()).isEmpty();
    assertThat(content.objects()).hasSize(2);
    assertThat(content.objects().get(1).object()).isEqualTo(new ModelObject.OfSlice(EXAMPLE_SLICE));
    assertThat(content.objects().get(1).place()).isEqualTo("x.yaml:10");
  }

  @Test
  void readsJsonWithTabsAndTypedListsWhoseItemsHaveNoKind() {
    ManifestContent content = ManifestReader.read("x.json", JSON_EXAMPLE);
    assertThat(content.findings()).isEmpty();
    assertThat(content.objects())
        .extracting(ManifestContent.Located::object)
        .containsExactly(new ModelObject.OfSlice(EXAMPLE_SLICE));
  }

  @Test
  void jsonInAYamlFileIsReadToo() {
    ManifestContent content = ManifestReader.read("x.yaml", JSON_EXAMPLE.replace("\t", " "));
    assertThat(content.objects()).hasSize(1);
  }

  @Test
  void aTabForIndentationIsNamedWithFileAndLine() {
    Finding finding = only(EXAMPLE.replace("  name: example-svc", "\tname: example-svc"));
    assertThat(finding.reason()).isEqualTo(Reason.YAML_INVALID);
    assertThat(finding.object()).hasToString("File x.yaml:4");
    assertThat(finding.message()).contains("a tab").doesNotContain("\n");
  }

  @Test
  void aFieldInTheWrongCaseIsAWarningAndTheRestIsUsed() {
    String text = EXAMPLE.replace("nodeName:", "nodename:");
    ManifestContent content = ManifestReader.read("x.yaml", text);
    assertThat(content.findings())
        .containsExactly(
            Finding.of(
                Reason.FIELD_UNKNOWN,
                ObjectKey.slice(new ObjectName("default", "example-hints")),
                "x.yaml:27: there is no field endpoints[].nodename; did you mean nodeName?"));
    assertThat(content.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(content.objects()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"  ", "    "})
  void endpointsUnderPortsAreNamedWithTheLineAndWhatWasMeant(String indent) {
    int split = EXAMPLE.indexOf("endpoints:");
    String text = EXAMPLE.substring(0, split) + EXAMPLE.substring(split).indent(indent.length());
    ManifestContent content = ManifestReader.read("x.yaml", text);
    assertThat(content.findings()).hasSize(1);
    Finding finding = content.findings().getFirst();
    assertThat(finding.object() + finding.message())
        .contains("x.yaml:21", "endpoints", "ports", "indent")
        .doesNotContain("\n");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void endpointsInPlaceOfAPortListAreNamed() {
    String text =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: a}
        addressType: IPv4
        ports:
          endpoints:
          - addresses: [10.0.0.1]
        """;
    Finding finding = only(text);
    assertThat(finding.message())
        .startsWith("x.yaml:6: ports is a mapping; expected a list")
        .contains("endpoints is a field of EndpointSlice: is it indented too far?");
  }

  @Test
  void aWrongTypeRefusesOnlyItsObject() {
    ManifestContent content =
        ManifestReader.read("x.yaml", EXAMPLE.replaceFirst("port: 80", "port: \"http\""));
    assertThat(content.findings())
        .containsExactly(
            Finding.of(
                Reason.FIELD_TYPE,
                ObjectKey.service(new ObjectName("default", "example-svc")),
                "x.yaml:8: spec.ports[].port is the text \"http\"; expected a whole number"));
    assertThat(content.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(content.objects()).hasSize(1);
  }

  @Test
  void aNumberIsNoTextAsForKubectl() {
    Finding finding = only(EXAMPLE.replace("zone: zone-a", "zone: 1"), 1);
    assertThat(finding.message())
        .isEqualTo(
            "x.yaml:28: endpoints[].zone is the number \"1\"; expected a text (put it in quotes)");
  }

  @Test
  void theSameMistakeInManyPlacesIsOneFinding() {
    String endpoints = "  - addresses: [10.0.0.1]\n    nodename: a\n".repeat(50);
    ManifestContent content = ManifestReader.read("x.yaml", EXAMPLE + endpoints);
    assertThat(content.findings()).hasSize(1);
    assertThat(content.findings().getFirst().message()).contains("x.yaml:33", "(and 49 more)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"just text", "- a\n- list", "a: mapping", "kind: Service\nmetadata: {}"})
  void whatIsNoKubernetesObjectIsNamedWithItsLine(String text) {
    ManifestContent content =
        ManifestReader.read("x.yaml", "# comment\n" + text + "\n---\n" + EXAMPLE);
    assertThat(content.findings()).hasSize(1);
    assertThat(content.findings().getFirst().reason()).isEqualTo(Reason.OBJECT_INVALID);
    assertThat(content.findings().getFirst().object()).hasToString("File x.yaml:2");
    assertThat(content.objects()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"  name: other\n", "  namespace: a\n  namespace: b\n", "  labels: {a: b, a: c}\n"})
  void aKeyThatStandsTwiceRefusesItsObject(String more) {
    String text = EXAMPLE.replaceFirst("  name: example-svc\n", "  name: example-svc\n" + more);
    Finding finding = only(text, 1);
    assertThat(finding.reason()).isEqualTo(Reason.OBJECT_INVALID);
    assertThat(finding.message()).startsWith("x.yaml:").contains("stands twice");
  }

  @Test
  void unusedKindsAreCounted() {
    String pod = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {x: [1]}\n";
    ManifestContent content =
        ManifestReader.read(
            "x.yaml",
            EXAMPLE + pod + pod + "---\napiVersion: serving.knative.dev/v1\nkind: Service\n");
    assertThat(content.passedOver())
        .isEqualTo(Map.of("v1 Pod", 2, "serving.knative.dev/v1 Service", 1));
    assertThat(content.findings())
        .extracting(Finding::reason)
        .containsOnly(Reason.KIND_PASSED_OVER);
    assertThat(content.outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: v1\nkind: List\nitems:",
        "apiVersion: v1\nkind: List\nitems: null",
        "apiVersion: v1\nkind: ServiceList\nitems: []"
      })
  void aListWithoutItemsIsFine(String text) {
    ManifestContent content = ManifestReader.read("x.yaml", text);
    assertThat(content.objects()).isEmpty();
    assertThat(content.findings()).isEmpty();
  }

  @Test
  void aBrokenItemOfAListCostsOnlyItself() {
    String list =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Node, metadata: {name: a, labels: [x]}}
        - {apiVersion: v1, kind: Node, metadata: {name: b}}
        """;
    ManifestContent content = ManifestReader.read("x.yaml", list);
    assertThat(content.objects()).hasSize(1);
    assertThat(content.findings().getFirst().object()).hasToString("Node a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n---\n", "\uFEFF"})
  void anEmptyTextIsAWarning(String text) {
    ManifestContent content = ManifestReader.read("x.yaml", text);
    assertThat(content.findings()).extracting(Finding::reason).containsExactly(Reason.INPUT_EMPTY);
    assertThat(content.outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void anchorsAndMergeKeysWorkAsInKubectl() {
    String text =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: a, labels: {kubernetes.io/service-name: s}}
        addressType: IPv4
        endpoints:
        - &first {addresses: [10.0.0.1], zone: zone-a, nodeName: n}
        - {<<: *first, addresses: [10.0.0.2]}
        """;
    ManifestContent content = ManifestReader.read("x.yaml", text);
    SliceModel slice = ((ModelObject.OfSlice) content.objects().getFirst().object()).model();
    assertThat(slice.endpoints())
        .extracting(EndpointModel::address, EndpointModel::zone)
        .containsExactly(tuple("10.0.0.1", "zone-a"), tuple("10.0.0.2", "zone-a"));
  }

  @Test
  void aliasesThatExplodeAndDeepNestingAreErrorsOfTheFile() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    assertThat(only(laughs.toString()).message()).contains("aliases");
    assertThat(only("[".repeat(100_000)).reason()).isEqualTo(Reason.YAML_INVALID);
    assertThat(ManifestReader.read("x.json", "[".repeat(100_000)).findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: \u0007", "a: [", "{", "a: 'x", "&a *a", "%YAML 9", "a: b: c", "? [a]\n: b"})
  void everySyntaxErrorIsOneLine(String text) {
    Finding finding = only("a: b\n---\n" + text + "\n");
    assertThat(finding.reason()).isEqualTo(Reason.YAML_INVALID);
    assertThat(finding.object().toString()).startsWith("File x.yaml:");
    assertThat(finding.message()).isNotBlank().doesNotContain("\n");
  }

  @Test
  @Timeout(20)
  void aSyntaxErrorAtTheEndOfALargeTextIsFoundQuickly() {
    String items = "- {apiVersion: v1, kind: Node, metadata: {name: a}}\n".repeat(100_000);
    Finding finding = only("apiVersion: v1\nkind: List\nitems:\n" + items + "   name: x\n");
    assertThat(finding.object()).hasToString("File x.yaml:100004");
    assertThat(finding.message()).hasSizeLessThan(300);
  }

  @Test
  void namesThatNoApiServerTakesAreRefusedWithTheirPlace() {
    Finding finding = only(EXAMPLE.replaceFirst("name: example-svc", "name: \"*\""), 1);
    assertThat(finding.reason()).isEqualTo(Reason.NAME_INVALID);
    assertThat(finding.object()).hasToString("Service default/*");
    assertThat(finding.message()).startsWith("x.yaml:4: metadata.name");
  }

  private static Finding only(String text) {
    return only(text, 0);
  }

  private static Finding only(String text, int objects) {
    ManifestContent content = ManifestReader.read("x.yaml", text);
    assertThat(content.findings()).hasSize(1);
    assertThat(content.objects()).hasSize(objects);
    return content.findings().getFirst();
  }
}
