package io.github.topologyxds.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.cli.values.PodNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** No flag can make somebody else's slices ours. */
class InstallationFlagsTest {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("serve", "--kubernetes", "--manage-slices"),
          List.of("plan", "-f", "."),
          List.of("slices", "prune"),
          List.of("slices", "adopt", "--from", "a/b"));

  @TempDir private Path folder = Path.of("");

  private record Run(int exit, String error) {}

  private static Run run(List<String> command, String... more) {
    StringWriter error = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(error));
    String[] arguments =
        java.util.stream.Stream.concat(command.stream(), java.util.Arrays.stream(more))
            .toArray(String[]::new);
    return new Run(root.execute(arguments), error.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpointslice-controller.k8s.io",
        "endpointslicemirroring-controller.k8s.io",
        "EndpointSlice-Controller.K8S.IO",
        "anything.k8s.io",
        "k8s.io",
        "x.kubernetes.io",
        "endpointslice-mesh-controller.cilium.io",
        "linkerd-external-workloads-controller",
        "lighthouse-agent.submariner.io",
        "Helm",
        "helm",
        "staff",
        "STAFF",
        "cluster-admins",
        "",
        " ",
        " endpointslice-controller.k8s.io",
        "endpointslice-controller.k8s.io ",
        "endpointslice-controller.k8s.io\n"
      })
  void aNameThatOthersUseIsRefusedByEveryCommand(String managedBy) {
    for (List<String> command : COMMANDS) {
      Run run = run(command, "--managed-by", managedBy);
      assertThat(run.exit()).as("%s %s", command, run.error()).isEqualTo(2);
      assertThat(run.error().strip().lines()).as(run.error()).hasSizeLessThanOrEqualTo(2);
      assertThat(run.error()).contains("--managed-by");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b/c", "/b", "a/", "A/b", ""})
  void anInstallationIsNamedByItsLease(String id) {
    for (String command : List.of("prune", "adopt")) {
      Run run = run(List.of("slices", command), "--from", id);
      assertThat(run.exit()).as(run.error()).isEqualTo(2);
      assertThat(run.error()).contains("--from");
    }
  }

  @Test
  void anInstallationDoesNotAdoptFromItself() {
    Run run =
        run(
            List.of("slices", "adopt", "--from", "infra/x"),
            "--lease-namespace",
            "infra",
            "--lease-name",
            "x");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.error()).contains("infra/x is this installation itself");
  }

  @Test
  void theLeaseStandsBesideThePod() throws IOException {
    Path account = folder.resolve("namespace");
    assertThat(PodNamespace.of(Map.of(), account)).isEqualTo("topology-xds");
    Files.writeString(account, "infra\n");
    assertThat(PodNamespace.of(Map.of(), account)).isEqualTo("infra");
    assertThat(PodNamespace.of(Map.of("POD_NAMESPACE", ""), account)).isEqualTo("infra");
    assertThat(PodNamespace.of(Map.of("POD_NAMESPACE", "shop"), account)).isEqualTo("shop");
  }
}
