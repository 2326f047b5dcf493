package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.e2e.programs.HelmCommand;
import io.github.topologyxds.e2e.programs.Kubectl;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the checkout, with what is built, in which commands may do what they want. */
public final class CheckoutCopy {
  private static final String BUILT = "xds-server/target";

  /** What is still running at the end (a server in the background) ends with the page. */
  private static final String ENDS_WHAT_IT_STARTED =
      "trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n";

  private final Path folder;
  private final Path programs;
  private final Map<String, String> variables = new TreeMap<>();

  /**
   * Copies it.
   *
   * @param folder empty
   */
  public CheckoutCopy(Path folder) throws Exception {
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

  /**
   * Lets commands reach a cluster: {@code kubectl} and {@code helm} are there, the one as it is and
   * the other as Helm's own code in a JVM ({@link HelmCommand}).
   */
  public CheckoutCopy withCluster(Path kubeconfig) throws IOException {
    variables.put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    Files.createSymbolicLink(programs.resolve("kubectl"), Kubectl.program().toAbsolutePath());
    Path helm =
        Files.writeString(
            programs.resolve("helm"),
            "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path"),
                    HelmCommand.class.getName()));
    Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** Returns a file that commands have written. */
  public Path file(String name) {
    return folder.resolve(name);
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
  public String run(String script, Path log, int seconds) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of("bash", "-eu", "-o", "pipefail", "-c", ENDS_WHAT_IT_STARTED + script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(variables);
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
