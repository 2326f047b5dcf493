package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.programs.HelmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The chart as Helm installs it, and its container as a process here: with the Deployment's
 * arguments, and with no other rights than the chart gives to its service account.
 *
 * @param namespace where it is installed
 * @param volumes the folder in which the container's volumes stand, each under its mount's path
 */
record InstalledChart(KubernetesClient admin, Path kubeconfig, String namespace, Path volumes)
    implements AutoCloseable {
  static final String NAME = "topology-xds";
  private static final List<String> OF_THE_MACHINE =
      List.of("serve", "--kubernetes", "--listen", "--admin");

  /** Installs it with its own defaults; the Namespace must be there. */
  void install() throws IOException {
    install("");
  }

  /**
   * Installs it; the Namespace must be there.
   *
   * @param values YAML, over its own defaults
   */
  void install(String values) throws IOException {
    String chart = Path.of("..", "deploy", "chart").toString();
    Path file =
        Files.writeString(volumes.resolve("values.yaml"), "tls: {secretName: xds-tls}\n" + values);
    HelmCommand.of(List.of("install", NAME, chart, "-n", namespace, "-f", file.toString()))
        .run(kubeconfig);
  }

  /**
   * Starts what its Deployment says.
   *
   * @param cluster the API server's address, as the container is to reach it
   */
  ServerProcess start(String cluster, int xdsPort, int apiPort) throws IOException {
    List<String> flags = new ArrayList<>(List.of("--kubernetes"));
    arguments().stream()
        .filter(argument -> OF_THE_MACHINE.stream().noneMatch(argument::startsWith))
        .map(argument -> argument.replace("=/", "=" + volumes + "/"))
        .forEach(flags::add);
    flags.addAll(
        List.of("--kubeconfig", account(cluster).toString(), "--api", "127.0.0.1:" + apiPort));
    return ServerProcess.startInPod(namespace, xdsPort, flags);
  }

  /** What stands in the Deployment's only container. */
  List<String> arguments() {
    return Objects.requireNonNull(
            admin.apps().deployments().inNamespace(namespace).withName(NAME).get())
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getArgs();
  }

  private Path account(String cluster) throws IOException {
    return AccountTokens.kubeconfig(
        Files.createTempFile(volumes, "account-", ".kubeconfig"),
        cluster,
        AccountTokens.forTheApi(admin, namespace, NAME));
  }

  @Override
  public void close() {
    admin.rbac().clusterRoleBindings().withName(NAME + "." + namespace).delete();
    admin.rbac().clusterRoles().withName(NAME + "." + namespace).delete();
  }
}
