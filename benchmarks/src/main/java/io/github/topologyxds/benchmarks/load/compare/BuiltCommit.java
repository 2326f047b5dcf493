package io.github.topologyxds.benchmarks.load.compare;

import io.github.topologyxds.benchmarks.load.LoadCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The benchmarks of a commit, checked out and built in a temporary folder until it is closed. */
final class BuiltCommit implements AutoCloseable {
  private final Path repository;
  private final Path folder;
  private final String name;

  private BuiltCommit(Path repository, Path folder, String name) {
    this.repository = repository;
    this.folder = folder;
    this.name = name;
  }

  /**
   * Builds it with git and Maven of this machine.
   *
   * @param commit as git knows it
   * @throws IOException when there is no such commit, or it does not build
   */
  static BuiltCommit of(Path repository, String commit) throws IOException, InterruptedException {
    Path here = repository.toAbsolutePath();
    String name = run(here, List.of("git", "rev-parse", "--short", "--verify", commit)).strip();
    Path folder = Files.createTempDirectory("load-" + name + "-").resolve("checkout");
    run(here, List.of("git", "worktree", "add", "--detach", folder.toString(), name));
    BuiltCommit built = new BuiltCommit(here, folder, name);
    try {
      System.err.println("building " + name);
      run(
          folder,
          // With the modules that this commit's benchmarks need, which are not always the same.
          List.of("mvn", "-q", "-B", "-DskipTests", "package", "-pl", "benchmarks", "-am"));
      return built;
    } catch (IOException e) {
      built.close();
      throw e;
    }
  }

  /** Returns the commit, as short as git writes it. */
  String name() {
    return name;
  }

  /**
   * Runs its load scenario.
   *
   * @param arguments of {@code load}, without {@code -o}
   * @return what it printed: one JSON object
   * @throws IOException when it fails, or not all clients had all
   */
  String load(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Dload.commit=" + name);
    command.addAll(List.of("-cp", folder.resolve("benchmarks/target/app") + "/*"));
    command.add(LoadCommand.class.getName());
    command.addAll(arguments);
    command.addAll(List.of("-o", "json"));
    return run(folder, command);
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + process.exitValue() + "\n" + printed);
      }
      return printed;
    } finally {
      process.destroy();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run(repository, List.of("git", "worktree", "remove", "--force", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(folder + " is left");
    }
    Files.deleteIfExists(folder.getParent());
  }
}
