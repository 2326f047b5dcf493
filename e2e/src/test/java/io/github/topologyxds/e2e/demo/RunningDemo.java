package io.github.topologyxds.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.Main;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code demo --keep} as a process, and what it prints. */
public final class RunningDemo implements AutoCloseable {
  private final Process process;
  private final Path printed;

  private RunningDemo(Process process, Path printed) {
    this.process = process;
    this.printed = printed;
  }

  /**
   * Starts it and waits until its phases are over and Ctrl-C is offered.
   *
   * @param printed the file that it prints to
   * @param temporary its folder for temporary files
   */
  public static RunningDemo start(Path printed, Path temporary) throws IOException {
    Process process =
        new ProcessBuilder(
                // A shell lets what it runs in the background ignore Ctrl-C, and that is inherited.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--keep")
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    RunningDemo demo = new RunningDemo(process, printed);
    try {
      Wait.until("Ctrl-C to be offered")
          .atMost(Duration.ofSeconds(150))
          .until(() -> !process.isAlive() || demo.text().contains("Ctrl-C ends"));
      assertThat(process.isAlive()).as(demo.text()).isTrue();
      return demo;
    } catch (Throwable failure) {
      demo.close();
      throw failure;
    }
  }

  Process process() {
    return process;
  }

  /** Returns what it has printed. */
  public String text() throws IOException {
    return Files.readString(printed);
  }

  /** Returns the first group of a pattern that is in what it has printed. */
  public String found(String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text());
    assertThat(matcher.find()).as(text()).isTrue();
    return matcher.group(1);
  }

  /**
   * Makes endpoints unready, as it is told to try: whose text of the slice contains one of these.
   */
  public void unready(String... parts) throws IOException {
    Path slice = Path.of(found("(/\\S+/web-slice\\.yaml):"));
    Files.writeString(
        slice,
        Stream.of(Files.readString(slice).split("(?m)^(?=- addresses:)", -1))
            .map(endpoint ->
                Stream.of(parts).anyMatch(endpoint::contains)
                    ? endpoint
                        .replace("ready: true", "ready: false")
                        .replaceAll("(?m)^  hints:\\n    forZones:\\n    - name: .*\\n", "")
                    : endpoint)
            .reduce("", String::concat));
  }

  /** Ends it, whatever it does. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
