package io.github.topologyxds.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.Main;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.network.IsolatedJvm;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo --transparent} as a process: what it prints, and that nothing of it stays. */
@Tag("netns")
class TransparentDemoTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void namespacesCanBeMade() throws IOException {
    assertThat(IsolatedJvm.missing()).isEmpty();
    EnvoyBinary.find();
  }

  @Test
  void anApplicationThatKnowsNothingIsServedNearOverAndBack() throws Exception {
    Process demo = start(System.getenv("PATH"));
    assertThat(demo.waitFor()).as(printed()).isZero();

    assertThat(printed())
        .contains(
            "by clusterIP    500 (100.0%)    0 (0.0%)        0 (0.0%)",
            "by name         500 (100.0%)    0 (0.0%)        0 (0.0%)",
            "all well: 1000 requests sent, 0 failed, 1000 counted by the backends",
            "zone-a drained: 1000 requests sent, 0 failed, 1000 counted by the backends",
            "zone-a is back: 1000 requests sent, 0 failed, 1000 counted by the backends",
            "all requests went where they should")
        .containsPattern("on the way to \"zone-a drained\": [1-9]\\d* requests sent, 0 failed")
        .containsPattern("on the way to \"zone-a is back\": [1-9]\\d* requests sent, 0 failed")
        .containsPattern(
            Pattern.compile(
                "drained: 1000.*by clusterIP    0 [(]0.0%[)].*by name         0 [(]0.0%[)]",
                Pattern.DOTALL))
        .doesNotContain("WARNING");
    assertNothingStays();
  }

  @Test
  void ctrlCLeavesNothingBehind() throws Exception {
    Process demo = start(System.getenv("PATH"));
    awaitTraffic(demo);
    // As a terminal does, to all of the group; the JVM of the Pod is told by the end of its input.
    signal("INT", demo.pid());
    assertThat(demo.waitFor()).isNotZero();
    assertNothingStays();
  }

  /** Nobody can clean up in good order: the kernel ends what is left. */
  @Test
  void norDoesTheDeathOfAnyOfItsProcesses() throws Exception {
    Process demo = start(System.getenv("PATH"));
    awaitTraffic(demo);
    demo.destroyForcibly();
    assertNoProcessStays();

    Process other = start(System.getenv("PATH"));
    awaitTraffic(other);
    signal("KILL", podOf(other).pid());
    assertThat(other.waitFor()).as(printed()).isEqualTo(1);
    assertThat(printed()).contains("the process of the Pod ended with 137");
    assertNoProcessStays();
  }

  @Test
  void whatLacksIsSaidInOneLine() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    for (String program : List.of("id", "sh", "unshare", "nsenter", "ip", "setpriv")) {
      String there = run("sh", "-c", "command -v " + program).strip();
      Path file =
          Files.writeString(programs.resolve(program), "#!/bin/sh\nexec " + there + " \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Process demo = start(programs.toString());

    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(printed().strip())
        .isEqualTo(
            "topology-xds demo: --transparent cannot run here: it needs nft, which is not on the PATH");
  }

  private Process start(String path) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                // A shell lets what it runs in the background ignore Ctrl-C, and that is inherited.
                "/usr/bin/env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--transparent")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("printed").toFile());
    builder.environment().put("PATH", path);
    builder.environment().put("ENVOY_BIN", EnvoyBinary.find().path().toString());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    return builder.start();
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("printed")).replaceAll("(?m)^Picked up .*\n", "");
  }

  private void awaitTraffic(Process demo) {
    Wait.until("the first table")
        .atMost(Duration.ofSeconds(150))
        .until(() -> !demo.isAlive() || printed().contains("by name"));
    assertThat(demo.isAlive()).isTrue();
  }

  private static ProcessHandle podOf(Process demo) {
    return demo.children().findFirst().orElseThrow();
  }

  private void assertNothingStays() throws IOException {
    assertNoProcessStays();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left)
          .map(path -> path.getFileName().toString())
          .as("beside the ports that all of this machine's tests share")
          .allMatch(name -> name.matches("printed|programs|topology-xds-ports-.*"));
    }
  }

  /** Each of them has the folder of this test in its command line or in its environment. */
  private void assertNoProcessStays() {
    Wait.until("all of its processes to be gone").untilAsserted(() -> assertThat(left()).isEmpty());
  }

  private List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(path -> path.toString().matches("/proc/\\d+")).toList()) {
        try {
          String environment =
              Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
          if (environment.contains(folder.toString())) {
            left.add(Files.readString(process.resolve("cmdline")).replace('\0', ' '));
          }
        } catch (IOException e) {
          // It has ended meanwhile.
        }
      }
    }
    return left;
  }

  private static void signal(String name, long pid) throws Exception {
    run("kill", "-" + name, Long.toString(pid));
  }

  private static String run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
