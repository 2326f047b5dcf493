package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.source.manifests.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every message about a manifest, in a list that is printed, to be read once more by people. Each
 * case is a file name and its text; {@code -Dgolden.rewrite=true} writes the list anew.
 */
class FileMessagesTest {
  private static final Path LIST = Path.of("src/test/resources/file-messages.txt");
  private static final String SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
  private static final String SLICE =
      "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-1}\n";
  private static final String NODE = "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n";

  private final Map<String, String> cases = new LinkedHashMap<>();

  @Test
  void shouldSayThis() throws IOException {
    syntax();
    json();
    otherSources();
    kinds();
    fields();
    values();
    StringBuilder list = new StringBuilder();
    cases.forEach((file, text) -> {
      String name = file.substring(file.indexOf(' ') + 1);
      list.append(file.substring(0, file.indexOf(' '))).append('\n');
      for (Finding finding : ManifestReader.read(name, text).findings()) {
        list.append(
            "  %s %s %s: %s\n"
                .formatted(
                    finding.severity(), finding.reason(), finding.object(), finding.message()));
      }
    });
    System.out.println(list);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(LIST, list);
    }
    assertThat(list.toString())
        .isEqualTo(new String(Files.readAllBytes(LIST), StandardCharsets.UTF_8));
  }

  private void yaml(String about, String text) {
    cases.put(about + " x.yaml", text);
  }

  private void json(String about, String text) {
    cases.put(about + " x.json", text);
  }

  private void syntax() {
    yaml("tab", "apiVersion: v1\n\tkind: Service\n");
    yaml("colon-in-a-value", "a: b: c\n");
    yaml("key-without-colon", "a: b\nkind\nc: d\n");
    yaml("percent", "a: %b\n");
    yaml("open-list", "a: [1,\nb: 2\n");
    yaml("open-mapping", "a: {b: 1\nc: 2\n");
    yaml("open-quotes", "a: 'b\n");
    yaml("open-quotes-and-document", "a: \"b\n---\nc: d\n");
    yaml("unknown-escape", "a: \"\\q\"\n");
    yaml("alias", "a: *b\n");
    yaml("alias-without-name", "a: * b\n");
    yaml("tag", "a: !b!c d\n");
    yaml("directive", "%YAML x\n---\na: b\n");
    yaml("block-text", "a: |x\n  b\n");
    yaml("dedented", "spec:\n    ports: []\n  type: ClusterIP\n");
    yaml("list-under-a-value", "ports: a\n- name: b\n");
    yaml("indented-too-far", SLICE + "ports:\n- name: a\n  endpoints:\n  - b\n endpoints: []\n");
    yaml("control-character", "a: \u0007\n");
    yaml("key-that-is-a-list", "? [a]\n: b\n");
    yaml("merge-of-a-text", "a:\n  <<: b\n");
    yaml("nested", "[".repeat(300));
    yaml("aliases", aliases());
  }

  private static String aliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      text.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    return text.toString();
  }

  private void json() {
    json("json-ends", "{\"a\": ");
    json("json-comma", "{\"a\": 1 \"b\": 2}");
    json("json-last-comma", "{\"a\": 1,}");
    json("json-no-quotes", "{\"a\": b}");
    json("json-single-quotes", "{'a': 1}");
    json("json-colon", "{\"a\" 1}");
    json("json-line-break", "{\"a\": \"b\n\"}");
    json("json-escape", "{\"a\": \"\\q\"}");
    json("json-number", "{\"a\": 01}");
    json("json-bracket", "{\"a\": [}");
    json("json-nested", "[".repeat(1000));
  }

  private void otherSources() {
    yaml("helm", "kind: Service\nmetadata:\n  name: {{ .Values.name }}\n");
    yaml("helm-block", "{{- if .Values.x }}\nkind: Service\n{{- end }}\n");
    yaml("helm-quoted", SERVICE.replace("web", "\"{{ include \\\"x\\\" . }}\""));
    cases.put("kustomization kustomization.yaml", "resources: [a.yaml]\n");
    yaml(
        "kustomization-kind", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
    cases.put("helm-values chart/values.yaml", "image: {tag: x}\n");
    yaml("empty", "");
    yaml("comments", "# nothing\n");
  }

  private void kinds() {
    yaml("kind-misspelt", SERVICE.replace("Service", "Sevice"));
    yaml("kind-in-lower-case", SERVICE.replace("Service", "service"));
    yaml("kind-in-the-plural", NODE.replace("Node", "Nodes"));
    yaml("kind-of-another-version", SLICE.replace("/v1", "/v1beta1"));
    yaml("kind-of-the-core-group", SLICE.replace("discovery.k8s.io/v1", "v1"));
    yaml("kind-of-another-group", SERVICE.replace("v1", "apps/v1"));
    yaml("kind-of-knative", SERVICE.replace("v1", "serving.knative.dev/v1"));
    yaml("kind-passed-over", "apiVersion: v1\nkind: Secret\ndata: {a: b}\n");
    yaml("kind-that-is-none", "apiVersion: v1\nkind: 'se cret'\n");
    yaml("kind-missing", "apiVersion: v1\n");
    yaml("version-missing", "kind: Service\n");
    yaml("no-object", "just text\n");
    yaml("a-list", "- a\n");
    yaml("items-no-list", "apiVersion: v1\nkind: List\nitems: x\n");
    yaml("items-twice", "apiVersion: v1\nkind: List\nitems: []\nitems: []\n");
  }

  private void fields() {
    yaml("field-misspelt", SERVICE + "spec: {prots: []}\n");
    yaml("field-elsewhere", SERVICE + "ports: []\n");
    yaml("field-unknown", SERVICE + "spec:\n  nonsense: 1\n");
    yaml("field-twice", SERVICE + "spec: {}\nspec: {}\n");
    yaml("number-for-text", SERVICE + "spec:\n  clusterIP: 1\n");
    yaml("text-for-number", SERVICE + "spec:\n  ports:\n  - port: http\n");
    yaml("text-for-boolean", SLICE + "endpoints:\n- conditions: {ready: maybe}\n");
    yaml("text-for-list", SERVICE + "spec:\n  ports: 80\n");
    yaml("text-for-mapping", SERVICE + "spec: 80\n");
    yaml("number-for-annotation", SERVICE.replace("}", ", annotations: {a: 5}}"));
  }

  private void values() {
    yaml("name", SERVICE.replace("web", "Web"));
    yaml("name-missing", "apiVersion: v1\nkind: Service\n");
    yaml("namespace", SERVICE.replace("web", "web, namespace: a.b"));
    yaml("node-name", NODE.replace("{name: a}", "\n  name: A_b"));
    yaml("zone", NODE.replace("a}", "a, labels: {topology.kubernetes.io/zone: a b}}"));
    yaml("address-type", SLICE + "addressType: IPv5\n");
    yaml("address-type-missing", SLICE);
    yaml(
        "service-label",
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: a
          labels:
            kubernetes.io/service-name: A
        addressType: IPv4
        """);
    yaml("type", SERVICE + "spec:\n  type: Cluster\n");
    yaml("family", SERVICE + "spec:\n  ipFamilies: [ipv4]\n");
    yaml("distribution", SERVICE + "spec:\n  trafficDistribution: Near\n");
    yaml("policy", SERVICE + "spec:\n  internalTrafficPolicy: Zone\n");
    yaml("affinity", SERVICE + "spec:\n  sessionAffinity: Cookie\n");
    yaml("port-name", SERVICE + "spec:\n  ports:\n  - {port: 1}\n  - port: 2\n    name: A_b\n");
    yaml("protocol", SERVICE + "spec:\n  ports:\n  - port: 2\n    protocol: HTTP\n");
    yaml("slice-protocol", SLICE + "addressType: IPv4\nports:\n- protocol: HTTP\n");
  }
}
