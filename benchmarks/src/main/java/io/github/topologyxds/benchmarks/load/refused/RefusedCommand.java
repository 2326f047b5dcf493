package io.github.topologyxds.benchmarks.load.refused;

import io.github.topologyxds.benchmarks.load.ServerProcess;
import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run refused}: what Envoys cost that are not let in and come back for ever. */
@Command(
    name = "refused",
    description =
        "Many Envoys with forged tokens against one server; prints the server's CPU time as a share"
            + " of a core, for each span of time.",
    mixinStandardHelpOptions = true)
public final class RefusedCommand implements Callable<Integer> {
  @Option(names = "--clients", defaultValue = "10000", description = "Envoys, a stream each.")
  private int clients;

  @Option(names = "--seconds", defaultValue = "40", description = "Of each span.")
  private int seconds;

  @Option(names = "--spans", defaultValue = "3", description = "Spans of time, one by one.")
  private int spans;

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RefusedCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.startsWith("port ")) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IOException("the server has ended");
      }
      try (RefusedEnvoys envoys =
          new RefusedEnvoys(Integer.parseInt(line.substring("port ".length())), clients)) {
        for (int span = 0; span < spans; span++) {
          measure(process.pid(), envoys, span);
        }
        System.out.printf("ended otherwise: %d%n", envoys.others());
      }
    } finally {
      process.destroy();
    }
    return 0;
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(ServerProcess.jvmOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(RefusingServer.class.getName());
    return command;
  }

  private void measure(long pid, RefusedEnvoys envoys, int span)
      throws IOException, InterruptedException {
    double cpu = ProcessUsage.of(pid).cpu();
    long refused = envoys.refused();
    long begin = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double passed = (System.nanoTime() - begin) / 1e9;
    double used = ProcessUsage.of(pid).cpu() - cpu;
    System.out.printf(
        "%3d to %3d s: %6.1f refused a second, %4.1f %% of a core%n",
        span * seconds,
        (span + 1) * seconds,
        (envoys.refused() - refused) / passed,
        100 * used / passed);
  }
}
