package io.github.topologyxds.e2e.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of a Go module, installed once into the user's cache by {@code go install}; needs Go.
 */
public record GoProgram(Path executable) {
  private static final int INSTALL_MINUTES = 15;
  private static final int RUN_SECONDS = 60;

  /** What a run printed. */
  public record Result(int exitCode, String out, String err) {}

  /**
   * Installs a program unless it is there.
   *
   * @param name of the executable
   * @param module with its version, {@code path@v1.2.3}
   */
  public static GoProgram install(String name, String module)
      throws IOException, InterruptedException {
    Path folder = cache().resolve(module.replace('/', '-'));
    Path executable = folder.resolve(name);
    if (!Files.isExecutable(executable)) {
      Files.createDirectories(folder);
      ProcessBuilder go = go("install", module);
      go.environment().put("GOBIN", folder.toString());
      build(go);
    }
    return new GoProgram(executable);
  }

  /**
   * Builds a program of this checkout; Go itself knows what of it is built already.
   *
   * @param name of the executable
   * @param module its folder
   */
  public static GoProgram build(String name, Path module) throws IOException, InterruptedException {
    Files.createDirectories(cache());
    Path executable = cache().resolve(name);
    build(go("build", "-o", executable.toString(), ".").directory(module.toFile()));
    return new GoProgram(executable);
  }

  private static Path cache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("topology-xds");
  }

  private static ProcessBuilder go(String... arguments) {
    List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("GO_BIN", "go")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static void build(ProcessBuilder go) throws IOException, InterruptedException {
    Result result = run(go, TimeUnit.MINUTES.toSeconds(INSTALL_MINUTES));
    if (result.exitCode() != 0) {
      throw new IOException(go.command() + " failed:\n" + result.err());
    }
  }

  /** Runs it to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    return run(new ProcessBuilder(command), RUN_SECONDS);
  }

  private static Result run(ProcessBuilder builder, long seconds)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("go-", ".out");
    Path err = Files.createTempFile("go-", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(builder.command() + " does not end within " + seconds + " s");
      }
      return new Result(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
