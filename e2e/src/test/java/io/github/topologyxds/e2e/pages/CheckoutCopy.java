package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the checkout, with what is built, in which commands may do what they want. */
final class CheckoutCopy {
  private static final String BUILT = "xds-server/target";

  /** What is still running at the end (a server in the background) ends with the page. */
  private static final String ENDS_WHAT_IT_STARTED =
      "trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n";

  private final Path folder;
  private final Path programs;

  /**
   * @param folder empty
   */
  CheckoutCopy(Path folder) throws Exception {
    this.folder = Files.createDirectory(folder.resolve("checkout"));
    this.programs = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("envoy"), EnvoyBinary.find().path().toAbsolutePath());
    Path list = folder.resolve("files");
    int listed =
        new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
            .directory(Block.CHECKOUT.toFile())
            .redirectOutput(list.toFile())
            .redirectError(Redirect.INHERIT)
            .start()
            .waitFor();
    assertThat(listed).as("git ls-files").isZero();
    for (String file : Files.readAllLines(list)) {
      copy(Path.of(file));
    }
    if (Files.exists(Block.CHECKOUT.resolve(BUILT).resolve("built"))) {
      copy(Path.of(BUILT, "built"));
      try (Stream<Path> jars = Files.list(Block.CHECKOUT.resolve(BUILT).resolve("app"))) {
        for (Path jar : jars.toList()) {
          copy(Block.CHECKOUT.relativize(jar));
        }
      }
    }
    copyTimesOfFolders();
    run("git init -q && git add -A", folder.resolve("git"), 60);
  }

  /** The launcher builds again when a folder of sources is younger than the build. */
  private void copyTimesOfFolders() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path copied : all.filter(Files::isDirectory).toList()) {
        Path original = Block.CHECKOUT.resolve(folder.relativize(copied));
        Files.setLastModifiedTime(copied, Files.getLastModifiedTime(original));
      }
    }
  }

  /** With its times, by which the launcher sees that there is nothing to build. */
  private void copy(Path file) throws IOException {
    Path source = Block.CHECKOUT.resolve(file);
    if (Files.exists(source)) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Runs lines of shell, from the top of the checkout, until one fails.
   *
   * @param log where both outputs go
   * @return what they were
   */
  String run(String script, Path log, int seconds) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of("bash", "-eu", "-o", "pipefail", "-c", ENDS_WHAT_IT_STARTED + script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .compute("PATH", (name, path) -> programs.toAbsolutePath() + File.pathSeparator + path);
    Process process = builder.start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    String output = Files.readString(log);
    assertThat(ended).as("not ended after %s s: %s", seconds, output).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", script, output).isZero();
    return output;
  }
}
