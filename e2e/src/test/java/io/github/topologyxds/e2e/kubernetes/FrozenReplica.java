package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.Main;
import io.github.topologyxds.slices.lease.LeaseName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code serve --manage-slices} as a process of its own, which can be stopped and go on. */
record FrozenReplica(Process process, Thread lastResort) implements AutoCloseable {
  static FrozenReplica start(Path kubeconfig, LeaseName lease, String... namespaces)
      throws IOException {
    return start(Map.of(), kubeconfig, lease, namespaces);
  }

  /** Starts it with more environment variables. */
  static FrozenReplica start(
      Map<String, String> environment, Path kubeconfig, LeaseName lease, String... namespaces)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--kubernetes",
                "--kubeconfig",
                kubeconfig.toString(),
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
                "--api",
                "off",
                "--manage-slices",
                "--managed-by",
                "txds",
                "--max-endpoints-per-slice",
                "10",
                "--external-workload-cidrs",
                "10.88.0.0/16",
                "--lease-namespace",
                lease.namespace(),
                "--lease-name",
                lease.name()));
    if (namespaces.length > 0) {
      command.addAll(List.of("--namespaces", String.join(",", namespaces)));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread lastResort = new Thread(process::destroyForcibly, "end-server");
    Runtime.getRuntime().addShutdownHook(lastResort);
    return new FrozenReplica(process, lastResort);
  }

  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", signal, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("kill " + signal + " ended with " + exit);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
