package io.github.topologyxds.benchmarks.load.compare;

import io.github.topologyxds.benchmarks.load.LoadCommand;
import io.github.topologyxds.demo.checkout.CommitCheckout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The benchmarks of a commit, checked out and built in a temporary folder until it is closed. */
final class BuiltCommit implements AutoCloseable {
  private final CommitCheckout checkout;

  private BuiltCommit(CommitCheckout checkout) {
    this.checkout = checkout;
  }

  /**
   * Builds it with git and Maven of this machine.
   *
   * @param commit as git knows it
   * @throws IOException when there is no such commit, or it does not build
   */
  static BuiltCommit of(Path repository, String commit) throws IOException, InterruptedException {
    BuiltCommit built = new BuiltCommit(CommitCheckout.of(repository, commit));
    try {
      System.err.println("building " + built.name());
      String unused =
          built.run(
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
    return checkout.name();
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
    command.add("-Dload.commit=" + name());
    command.addAll(List.of("-cp", checkout.folder().resolve("benchmarks/target/app") + "/*"));
    command.add(LoadCommand.class.getName());
    command.addAll(arguments);
    command.addAll(List.of("-o", "json"));
    return run(command);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(checkout.folder().toFile())
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
    checkout.close();
  }
}
