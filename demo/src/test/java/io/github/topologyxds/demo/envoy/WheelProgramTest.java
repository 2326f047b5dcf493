package io.github.topologyxds.demo.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelProgramTest {
  private static final Path INSTALLED = Path.of("installed");

  @TempDir private Path folder = Path.of("");
  private Path onPath = Path.of("");
  private Path named = Path.of("");

  @BeforeEach
  void programs() throws IOException {
    onPath = program(Files.createDirectory(folder.resolve("bin")).resolve("envoy"));
    named = program(folder.resolve("my-envoy"));
  }

  @Test
  void theNamedOneGoesBeforeThePath() throws IOException {
    var environment =
        Map.of("ENVOY_BIN", named.toString(), "PATH", folder.resolve("bin").toString());

    assertThat(find(environment)).isEqualTo(named);
  }

  @Test
  void thePathGoesBeforeInstalling() throws IOException {
    String path = "/nonexistent::" + folder.resolve("bin");

    assertThat(find(Map.of("PATH", path, "ENVOY_BIN", ""))).isEqualTo(onPath);
  }

  @Test
  void installsWhereThereIsNone() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.createDirectory(empty.resolve("envoy"));

    assertThat(find(Map.of("PATH", empty.toString()))).isEqualTo(INSTALLED);
    assertThat(find(Map.of())).isEqualTo(INSTALLED);
  }

  @Test
  void aWrongNameIsAnErrorAndNotPassedOver() {
    var environment = Map.of("ENVOY_BIN", "/nonexistent", "PATH", folder.resolve("bin").toString());

    assertThatThrownBy(() -> find(environment))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ENVOY_BIN");
  }

  @Test
  void whatIsInstalledIsTakenAsItIs() throws IOException {
    Path program =
        folder.resolve("topology-xds/envoy-1.40.0/lib/python3.9/site-packages/envoy/_bin/envoy");
    Files.createDirectories(program.getParent());
    program(program);

    assertThat(installed(EnvoyBinary.PROGRAM)).isEqualTo(program);
  }

  @Test
  void aWheelMayPutItsProgramBesidePython() throws IOException {
    Path program = folder.resolve("topology-xds/tool-1.2/bin/tool");
    Files.createDirectories(program.getParent());
    Files.createDirectories(folder.resolve("topology-xds/tool-1.2/lib/python3.9/site-packages"));
    program(program);

    assertThat(installed(new WheelProgram("Tool", "tool", "TOOL", "a-tool", "1.2", "bin/tool")))
        .isEqualTo(program);
  }

  private Path installed(WheelProgram wanted) throws IOException {
    return WheelInstall.forUser(wanted, Map.of("XDG_CACHE_HOME", folder.toString())).install();
  }

  private static Path find(Map<String, String> environment) throws IOException {
    return EnvoyBinary.PROGRAM.find(environment, () -> INSTALLED);
  }

  private static Path program(Path path) throws IOException {
    Files.writeString(path, "");
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path;
  }
}
