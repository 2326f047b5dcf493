package io.github.topologyxds.demo.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of this machine that is run to its end. */
public record Command(List<String> words) {
  /** What it printed, both outputs in one, and how it ended. */
  public record Result(int exit, String output) {}

  public Command {
    words = List.copyOf(words);
  }

  /** Returns the command of these words. */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** Runs it to its end, whatever that is. */
  public Result result() throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + words.getFirst() + " ran", e);
    }
  }

  /**
   * Runs it, and returns what it printed.
   *
   * @throws IOException when it fails; says what it printed
   */
  public String run() throws IOException {
    Result result = result();
    if (result.exit() != 0) {
      throw new IOException(
          String.join(" ", words)
              + " ended with "
              + result.exit()
              + ": "
              + result.output().strip());
    }
    return result.output();
  }
}
