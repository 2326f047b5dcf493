package io.github.topologyxds.e2e.csds;

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
record GoProgram(Path executable) {
  private static final int INSTALL_MINUTES = 15;
  private static final int RUN_SECONDS = 60;

  /** What a run printed. */
  record Result(int exitCode, String out, String err) {}

  /**
   * Installs a program unless it is there.
   *
   * @param name of the executable
   * @param module with its version, {@code path@v1.2.3}
   */
  static GoProgram install(String name, String module) throws IOException, InterruptedException {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path cache = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    Path folder = cache.resolve("topology-xds").resolve(module.replace('/', '-'));
    Path executable = folder.resolve(name);
    if (!Files.isExecutable(executable)) {
      Files.createDirectories(folder);
      ProcessBuilder go =
          new ProcessBuilder(System.getenv().getOrDefault("GO_BIN", "go"), "install", module);
      go.environment().put("GOBIN", folder.toString());
      Result result = run(go, TimeUnit.MINUTES.toSeconds(INSTALL_MINUTES));
      if (result.exitCode() != 0) {
        throw new IOException("go install " + module + " failed:\n" + result.err());
      }
    }
    return new GoProgram(executable);
  }

  /** Runs it to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
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
