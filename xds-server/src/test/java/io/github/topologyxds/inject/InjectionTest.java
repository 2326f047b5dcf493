package io.github.topologyxds.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectRules;
import io.github.topologyxds.topology.address.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Manifests as people write them, and what becomes of them. */
class InjectionTest {
  private static final Path MANIFESTS = Path.of("src/test/resources/inject");

  private static InjectSettings settings(InjectMode mode) {
    Cidr services = Cidr.parse("10.96.0.0/12").orElseThrow();
    return new InjectSettings(
        mode,
        RedirectRules.of(new Capture.Services(List.of(services))),
        XdsAddress.parse("xds.infra.svc:18000"),
        List.of("shop/cart"),
        Optional.of(new SidecarCredentials("xds-tls", Optional.of("topology-xds"))),
        new InjectSettings.Images(InjectSettings.Images.ENVOY, InjectSettings.Images.REDIRECT));
  }

  private static List<Path> manifests() throws IOException {
    List<Path> manifests = new ArrayList<>(yamlIn(MANIFESTS));
    assertThat(manifests).as("whose shape is public, see ORIGINS.md").hasSize(30);
    manifests.addAll(yamlIn(MANIFESTS.resolve("made-up")));
    return manifests;
  }

  private static List<Path> yamlIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** A shape that nobody has seen is no proof that what people write is left as it is. */
  @Test
  void everyManifestHasItsOrigin() throws IOException {
    String origins = Files.readString(MANIFESTS.resolve("ORIGINS.md"));
    for (Path file : yamlIn(MANIFESTS)) {
      String number = file.getFileName().toString().substring(0, 2);
      assertThat(origins)
          .containsPattern("(?m)^\\| " + number + " \\| [\\w-]+/[\\w.-]+ `[^`]+` \\| ");
    }
  }

  private static List<Object> load(String text) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(text)
        .forEach(document -> documents.add(document == null ? "" : document));
    return documents;
  }

  private static String pod(String spec) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n" + spec;
  }

  @ParameterizedTest
  @EnumSource
  void onlyLinesAreAddedToManifests(InjectMode mode) throws Exception {
    for (Path file : manifests()) {
      String before = Files.readString(file);
      Injection injection = Injection.of(before, settings(mode));

      Iterator<String> lines = injection.text().lines().iterator();
      for (String line : before.lines().toList()) {
        boolean there = false;
        while (!there && lines.hasNext()) {
          there = lines.next().equals(line);
        }
        assertThat(there).as(file + " keeps: " + line).isTrue();
      }
      assertThat(injection.text().contains("\r\n"))
          .as(file + "")
          .isEqualTo(before.contains("\r\n"));
      assertThat(injection.injected()).as(file + "").isNotEmpty();
      assertThat(injection.left()).as(file + "").isEmpty();

      Injection again = Injection.of(injection.text(), settings(mode));
      assertThat(again.text()).as(file + " again").isEqualTo(injection.text());
      assertThat(again.left()).as(file + " again").isEqualTo(injection.injected());
      assertThat(again.injected()).as(file + " again").isEmpty();
    }
  }

  /** Without what is ours each manifest means what it meant. */
  @ParameterizedTest
  @EnumSource
  void nothingElseIsChanged(InjectMode mode) throws Exception {
    for (Path file : manifests()) {
      String before = Files.readString(file);
      List<Object> after = load(Injection.of(before, settings(mode)).text());
      int sidecars = after.stream().mapToInt(Ours::take).sum();

      assertThat(sidecars)
          .as(file + "")
          .isEqualTo(Injection.of(before, settings(mode)).injected().size());
      List<Object> expected = load(before);
      expected.forEach(Ours::take);
      assertThat(after).as(file + "").isEqualTo(expected);
    }
  }

  /** Nothing can come before the first item without its line. */
  @Test
  void aListThatBeginsOnTheLineOfItsKey() throws Exception {
    String text =
        pod(
            """
            containers: [{
              name: web,
            }]
            # First
            initContainers: [{
              name: install,
            }]
            volumes: [{
              name: dir, # of both
            }]
            """
                .indent(2));
    Injection injection = Injection.of(text, settings(InjectMode.NFT));

    assertThat(injection.text())
        .contains("  # First\n  initContainers: [{\"name\": \"topology-xds-");
    List<Object> after = load(injection.text());
    assertThat(after.stream().mapToInt(Ours::take).sum()).isOne();
    assertThat(after).isEqualTo(load(text));
  }

  /** Kept by kubectl or not: which Pod has the sidecar would be left to chance. */
  @Test
  void aWorkloadWhoseSpecStandsTwiceIsRefused() {
    String text = pod("  containers:\n  - name: a\n") + "spec:\n  containers:\n  - name: b\n";

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.NFT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("Pod n/p (line 1): has spec twice; leave one");
  }

  @Test
  void theSidecarComesFirstAndIsRestricted() throws Exception {
    String text =
        Injection.of(pod("  containers:\n  - name: a\n"), settings(InjectMode.NFT)).text();

    assertThat(text)
        .containsSubsequence(
            "initContainers:",
            "name: topology-xds-redirect",
            "- nft",
            "ip daddr 10.96.0.0/12",
            "- ALL",
            "- NET_ADMIN",
            "name: topology-xds-proxy",
            "restartPolicy: Always",
            "NODE_NAME: \"$(NODE_NAME)\"",
            "NAMESPACE: \"$(NAMESPACE)\"",
            "SERVICES: [\"shop/cart\"]",
            "SIDECAR: \"on-demand\"",
            "fieldPath: spec.nodeName",
            "startupProbe:",
            "/dev/tcp/127.0.0.1/15001",
            "runAsUser: 1337",
            "containers:")
        .doesNotContain("preStop", "bootstrap:");
  }

  @Test
  void explicitNeedsNoPrivilegeAndKeepsTheUsersProxy() throws Exception {
    String text =
        Injection.of(
                Files.readString(MANIFESTS.resolve("made-up/own-proxy-in-flow.yaml")),
                settings(InjectMode.EXPLICIT))
            .text();

    assertThat(text).doesNotContain("NET_ADMIN", "topology-xds-redirect", "runAsUser: 0");
    assertThat(text.split("http://127.0.0.1:15001", -1)).as("only in the other one").hasSize(2);
    assertThat(text.split("no_proxy", -1)).as("the user's stays").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          initContainers: []      | initContainers:
          initContainers: null    | initContainers:
          initContainers: ~ # no  | initContainers: # no
          initContainers: [{name: i, image: x}] | initContainers: [{"name": "topology-xds-proxy"
          """)
  void aListThatStandsOnOneLine(String before, String after) throws Exception {
    String text = pod("  " + before + "\n  containers:\n  - name: a\n    image: b\n");

    String injected = Injection.of(text, settings(InjectMode.EXPLICIT)).text();

    assertThat(injected).contains("  " + after);
    assertThat(Injection.of(injected, settings(InjectMode.EXPLICIT)).left())
        .containsExactly("Pod n/p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hostNetwork: true                     | has hostNetwork: true
          hostNetwork: Yes                      | has hostNetwork: true
          hostNetwork: on                       | has hostNetwork: true
          os: {name: windows}                   | is for Windows
          nodeSelector: {kubernetes.io/os: windows} | is for Windows
          securityContext: {runAsUser: 1337}    | runs as user 1337
          initContainers: 7                     | initContainers is no list
          <<: {restartPolicy: Never}            | has a merge key (<<)
          containers: [{name: b}]               | has containers twice
          initContainers: &i []                 | has an anchor (&) or a tag (!) at initContainers
          initContainers: !!seq []              | has an anchor (&) or a tag (!) at initContainers
          initContainers: &i [{name: i}]        | has an anchor (&) or a tag (!) at initContainers
          """)
  void whatCannotHaveOneIsRefused(String field, String message) {
    String text = pod("  " + field + "\n  containers:\n  - name: a\n    image: b\n");

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.NFT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("Pod n/p (line 5): ")
        .hasMessageContaining(message);
  }

  /** What is put there would be put wherever else it is named. */
  @Test
  void aListWithAnAnchorIsRefused() {
    String text =
        pod("  initContainers: &i\n  - name: i\n  containers:\n  - name: a\n    image: b\n");

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.NFT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("Pod n/p (line 5): has an anchor (&) or a tag (!) at initContainers");
  }

  @ParameterizedTest
  @CsvSource({"&c,*c", "'','- *c'"})
  void whatComesByAnAliasIsRefusedWhereItWouldBeChangedTwice(String anchor, String alias) {
    String item = anchor.isEmpty() ? "- &c\n      name: a" : "- name: a";
    String text =
        "apiVersion: v1\nkind: List\nitems:\n"
            + podItem("a", anchor + "\n    " + item)
            + podItem("b", alias.startsWith("-") ? "\n    " + alias : alias);

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.EXPLICIT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("Pod b")
        .hasMessageContaining("has an alias (*) in containers; write it out");
  }

  @Test
  void aWorkloadThatStandsTwiceInAListIsRefused() {
    String text =
        "apiVersion: v1\nkind: List\nitems:\n"
            + podItem("a", "\n    - name: a").replaceFirst("- ", "- &p\n  ")
            + "- *p\n";

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.NFT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("an object (line 1): has an alias (*) in items; write it out");
  }

  private static String podItem(String name, String containers) {
    return "- apiVersion: v1\n  kind: Pod\n  metadata: {name: "
        + name
        + "}\n  spec:\n    containers: "
        + containers
        + "\n";
  }

  @ParameterizedTest
  @CsvSource({"containers,15001", "containers,15000", "initContainers,15001"})
  void aPortOfEnvoysIsRefused(String list, int port) {
    String containers = "  containers:\n  - name: b\n";
    String text =
        pod(
            "  "
                + list
                + ":\n  - name: a\n    ports: [{containerPort: "
                + port
                + "}]\n"
                + (list.equals("containers") ? "" : containers));

    assertThatThrownBy(() -> Injection.of(text, settings(InjectMode.EXPLICIT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("listens on port " + port + ", which is Envoy's");
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Injection.of("a: b\n  c: {{ d }}\n", settings(InjectMode.NFT)))
        .isInstanceOf(InjectionRefused.class)
        .hasMessageContaining("line 2");
  }

  /** Takes out of parsed manifests what is ours. */
  private static final class Ours {
    /** Returns how many sidecars there were. */
    static int take(Object value) {
      return switch (value) {
        case Map<?, ?> map -> {
          int found = map.values().stream().filter(Objects::nonNull).mapToInt(Ours::take).sum();
          for (String list : List.of("initContainers", "env", "volumes")) {
            if (map.get(list) == null || List.of().equals(map.get(list))) {
              map.remove(list);
            }
          }
          yield found;
        }
        case List<?> list -> {
          int inner = list.stream().filter(Objects::nonNull).mapToInt(Ours::take).sum();
          boolean proxy = list.stream().anyMatch(item -> named(item, "topology-xds-proxy"));
          list.removeIf(item ->
              named(item, "topology-xds-proxy")
                  || named(item, "topology-xds-redirect")
                  || named(item, "topology-xds-tls")
                  || named(item, "topology-xds-token")
                  || named(item, "topology-xds-sds")
                  || variable(item, "http://127.0.0.1:15001")
                  || variable(item, "localhost,127.0.0.1,::1"));
          yield inner + (proxy ? 1 : 0);
        }
        default -> 0;
      };
    }

    private static boolean named(Object item, String name) {
      return item instanceof Map<?, ?> map && name.equals(map.get("name"));
    }

    private static boolean variable(Object item, String value) {
      return item instanceof Map<?, ?> map && value.equals(map.get("value"));
    }
  }
}
