package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A real kubectl renders the base, and what comes out are the files. */
class KustomizeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theBaseIsEveryFileOfTheFolderAsItStands() throws Exception {
    List<Object> written = new ArrayList<>();
    for (Path file : DeployFolder.objectFiles()) {
      String namespaced =
          Files.readString(file).replace("$(TOPOLOGY_XDS_NAMESPACE)", "topology-xds");
      written.addAll(documents(namespaced));
    }

    assertThat(documents(Kustomization.render(DeployFolder.PATH)))
        .hasSize(DeployFolder.objectFiles().size())
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** The overlay of docs/deploy.md. */
  @Test
  void anOverlayPutsAnotherImageAndNamespaceIn() throws Exception {
    copyOfTheBases();
    Path overlay = Files.createDirectory(folder.resolve("overlay"));
    Files.writeString(overlay.resolve("kustomization.yaml"), documentedOverlay());

    assertThat(Kustomization.render(overlay))
        .contains("image: registry.example.com/infra/topology-xds:0.1.0")
        .contains("kind: Namespace\n", "  name: infra\n", "  namespace: infra\n")
        .contains("- --namespaces=shop,pay")
        .doesNotContain("namespace: topology-xds");
  }

  /** Side by side in one cluster: nothing that one of them makes has the name of the other's. */
  @Test
  void twoInstallationsShareNothingButTheKinds() throws Exception {
    copyOfTheBases();
    Set<String> first = ids(Kustomization.render(overlay("infra")));
    Set<String> second = ids(Kustomization.render(overlay("edge")));
    assertThat(first)
        .contains(
            "ClusterRoleBinding /topology-xds.infra",
            "ClusterRoleBinding /topology-xds-slices.infra",
            "ClusterRoleBinding /topology-xds-authentication.infra",
            "ClusterRoleBinding /topology-xds-zonal-shift.infra",
            "Role infra/topology-xds-slices",
            "Role infra/topology-xds-zonal-shift",
            "RoleBinding infra/topology-xds-zonal-shift");
    assertThat(first).hasSameSizeAs(second);
    first.retainAll(second);
    assertThat(first)
        .containsExactlyInAnyOrder(
            "CustomResourceDefinition /externalworkloads.topology-xds.io",
            "CustomResourceDefinition /zonalshifts.topology-xds.io",
            "ClusterRole /topology-xds-external-workload-writer",
            "ClusterRole /topology-xds-zonal-shift-writer");
  }

  /** Each binding gives the role of its own installation to the account of its own. */
  @Test
  void theRolesAreThoseOfTheOverlay() throws Exception {
    copyOfTheBases();
    String infra = Kustomization.render(overlay("infra"));
    assertThat(infra).doesNotContain("$(", "namespace: topology-xds");
    List<Object> bindings =
        documents(infra).stream()
            .filter(object -> "ClusterRoleBinding".equals(((Map<?, ?>) object).get("kind")))
            .toList();
    assertThat(bindings)
        .hasSize(4)
        .allSatisfy(binding ->
            assertThat(binding.toString())
                .containsPattern(
                    "roleRef=\\{[^}]*name=topology-xds(-slices|-authentication|-zonal-shift)?\\.infra\\}")
                .containsPattern("subjects=\\[\\{[^}]*namespace=infra\\}\\]"));
  }

  /** docs/fairness.md: the rights and the flag, by one line of an overlay. */
  @Test
  void aComponentLetsReplicasShareTheDemand() throws Exception {
    copyOfTheBases();
    Path overlay = overlay("infra");
    Path file = overlay.resolve("kustomization.yaml");
    Files.writeString(file, Files.readString(file) + "components: [../base/demand]\n");
    String rendered = Kustomization.render(overlay);
    assertThat(ids(rendered))
        .contains("Role infra/topology-xds-demand", "RoleBinding infra/topology-xds-demand");
    assertThat(rendered)
        .contains("- --insecure\n        - --demand=shared\n")
        .doesNotContain("namespace: topology-xds\n");
  }

  private Path overlay(String namespace) throws IOException {
    Path overlay = Files.createDirectory(folder.resolve(namespace));
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: %s
        resources: [../base, ../base/slices, ../base/authentication, ../base/zonal-shift]
        """
            .formatted(namespace));
    return overlay;
  }

  private static Set<String> ids(String rendered) {
    Set<String> ids = new TreeSet<>();
    for (Object object : documents(rendered)) {
      Map<?, ?> fields = (Map<?, ?>) object;
      Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(fields.get("metadata"));
      Object namespace = metadata.containsKey("namespace") ? metadata.get("namespace") : "";
      ids.add(fields.get("kind") + " " + namespace + "/" + metadata.get("name"));
    }
    return ids;
  }

  /** kustomize reads bases beside an overlay alone. */
  private void copyOfTheBases() throws IOException {
    Path base = folder.resolve("base");
    try (Stream<Path> files = Files.walk(DeployFolder.PATH)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = base.resolve(DeployFolder.PATH.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  private static String documentedOverlay() throws IOException {
    return DeployPageTest.block("apiVersion: kustomize.config.k8s.io")
        .replaceFirst("(?m)^- .*/deploy$", "- ../base");
  }

  private static List<Object> documents(String yaml) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(documents::add);
    return documents;
  }
}
