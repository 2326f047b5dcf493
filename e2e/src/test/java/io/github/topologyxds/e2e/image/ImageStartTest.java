package io.github.topologyxds.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.GeneratedCluster;
import io.github.topologyxds.e2e.bench.DeployedJvm;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.dist.EmptyRoot;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image's own files start as its containers do, with nothing but them, glibc and the options of
 * {@code deploy/}: its Java takes its archive of classes, and how long it takes to be ready is
 * printed.
 */
@Tag("image")
class ImageStartTest {
  private static final Path TAR = Path.of("..", "dist", "target", "image", "first.tar");
  private static final int STARTS = 3;

  @TempDir private static Path folder = Path.of("");
  private static List<String> entrypoint = List.of();
  private static EmptyRoot root = new EmptyRoot(Path.of(""), "");

  @BeforeAll
  static void unpack() throws IOException {
    UnpackedImage image = UnpackedImage.of(TAR, folder);
    entrypoint = image.strings("Entrypoint");
    root = EmptyRoot.around(image.root(), "opt/topology-xds");
  }

  /**
   * The entry point as a container runs it, with what the cluster and {@code deploy/} add and these
   * options.
   */
  private static List<String> started(List<String> cluster, String... options) throws IOException {
    List<String> command = new ArrayList<>(entrypoint);
    // Among its own flags, which put an end to the logs of those in the variable.
    command.addAll(command.indexOf("-jar"), List.of(options));
    List<String> variables = new ArrayList<>(cluster);
    variables.add("JDK_JAVA_OPTIONS=" + String.join(" ", DeployedJvm.options()));
    return root.inside(variables, command);
  }

  @Test
  void itSaysItsVersion() throws Exception {
    List<String> command = new ArrayList<>(root.inside(List.of("LC_ALL=C"), entrypoint));
    command.add("version");

    Command.Result version = new Command(command).result();

    assertThat(version.output()).startsWith("topology-xds ").doesNotContain("development");
    assertThat(version.output()).as("nothing but three lines").hasLineCount(3);
    assertThat(version.exit()).isZero();
  }

  @Test
  void aThousandServicesAreServedByClassesOfTheArchive() throws Exception {
    try (ApiServer api = ApiServer.start()) {
      api.load(new GeneratedCluster(1_000, 10, 30).objects());
      List<String> cluster = api.startForPod(root.folder());

      serve(started(cluster, "-Xlog:class+load:file=/loaded"));
      for (int i = 0; i < STARTS; i++) {
        System.out.println(
            "image, 1,000 Services, with its archive:    " + serve(started(cluster)));
        System.out.println(
            "image, 1,000 Services, without its archive: "
                + serve(started(cluster, "-Xshare:off")));
      }

      List<String> loaded = Files.readAllLines(root.folder().resolve("loaded"));
      List<String> late =
          loaded.stream()
              .filter(line -> line.contains(" source: "))
              .filter(line -> !line.contains("shared objects file"))
              .toList();
      assertThat(loaded).hasSizeGreaterThan(2000);
      assertThat(late)
          .as(
              "classes that are not in the archive; docs/release.md says how to write its list anew")
          .hasSizeLessThan(loaded.size() / 10);
    }
  }

  /** Starts and ends it; tells when it was ready, and the CPU time that it had taken by then. */
  private static String serve(List<String> program) throws Exception {
    List<String> flags = List.of("--kubernetes", "--api", "off");
    long began = System.nanoTime();
    ServerProcess server = ServerProcess.start(program, FreePorts.next(), flags, Redirect.DISCARD);
    Duration ready = Duration.ofNanos(System.nanoTime() - began);
    Duration cpu = server.process().info().totalCpuDuration().orElseThrow();
    server.terminate();
    server.process().waitFor();
    server.stop();
    return "ready after %d ms, %d ms of CPU".formatted(ready.toMillis(), cpu.toMillis());
  }
}
