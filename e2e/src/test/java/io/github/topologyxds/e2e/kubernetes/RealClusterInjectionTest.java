package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.programs.Kubectl;
import io.github.topologyxds.e2e.replicas.CommandRun;
import io.github.topologyxds.inject.InjectMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code inject} prints, as a real API server judges it: its strict validation of fields, and
 * its admission by the Pod Security levels. By kubectl's server side dry run, so nothing runs.
 */
@Tag("real-cluster")
class RealClusterInjectionTest {
  private static final Path MANIFESTS =
      Path.of("..", "xds-server", "src", "test", "resources", "inject");

  /** The one that a manifest names, if it names one: the test has another one. */
  private static final Pattern NAMED = Pattern.compile("\\bnamespace: [a-z]+");

  private static final String TOKEN = " --token-audience topology-xds";

  /** A Pod that the level restricted admits. */
  private static final String CAREFUL =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: careful}
      spec:
        serviceAccountName: front
        securityContext:
          runAsNonRoot: true
          runAsUser: 10001
          seccompProfile: {type: RuntimeDefault}
        containers:
        - name: careful
          image: registry.example.com/careful:1
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
      """;

  private final Path kubeconfig = RealCluster.kubeconfig();

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final ClusterReader reader = new ClusterReader(kubeconfig);
  private final TestObjects objects = new TestObjects(reader.client(), namespace);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeNamespace() {
    objects.namespace();
    // Pods may not name a token without an account, nor an account that is not there.
    objects.account("default");
    objects.account("front");
  }

  @AfterEach
  void removeNamespace() {
    objects.close();
    reader.close();
  }

  /** Each kind that inject knows is among them. Unknown and repeated fields would be refused. */
  @ParameterizedTest
  @EnumSource
  void everyManifestIsValid(InjectMode mode) throws IOException {
    Path injected = Files.createDirectory(folder.resolve("injected"));
    List<String> workloads = new ArrayList<>();
    for (Path manifest : manifests()) {
      String ours = NAMED.matcher(Files.readString(manifest)).replaceAll("namespace: " + namespace);
      CommandRun run = inject(mode, "", ours);
      Files.writeString(injected.resolve(manifest.getFileName()), run.out() + "\n");
      run.err().lines().map(line -> workload(line)).forEach(workloads::add);
    }
    assertThat(workloads.stream().map(name -> name.substring(0, name.indexOf('/'))))
        .contains("deployment.apps", "statefulset.apps", "daemonset.apps")
        .contains("job.batch", "cronjob.batch", "pod");

    List<String> lines = kubectl("create", "-f", injected + "").output().lines().toList();

    for (String workload : workloads) {
      assertThat(lines).anyMatch(line -> line.startsWith(workload));
    }
    // What is no workload, and of a kind that this cluster does not have.
    assertThat(lines)
        .filteredOn(line -> !line.endsWith(" created (server dry run)"))
        .allMatch(
            line -> line.contains("no matches for kind") || line.contains("CRDs are installed"));
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /**
   * Of a line {@code injected: Deployment shop/web}, what kubectl says of it: {@code
   * deployment.apps/web}.
   */
  private static String workload(String line) {
    String[] words = line.split(" ", -1);
    assertThat(words[0]).isEqualTo("injected:");
    String group =
        switch (words[1]) {
          case "Pod" -> "";
          case "Job", "CronJob" -> ".batch";
          default -> ".apps";
        };
    return words[1].toLowerCase(Locale.ROOT)
        + group
        + "/"
        + words[2].substring(words[2].indexOf('/') + 1);
  }

  @Test
  void anUnknownFieldIsRefused() throws IOException {
    String text = inject(InjectMode.EXPLICIT, TOKEN, CAREFUL).out();

    Command.Result created = create(text.replace("startupProbe:", "startProbe:"));

    assertThat(created.exit()).isNotZero();
    assertThat(created.output()).contains("unknown field \"spec.initContainers[0].startProbe\"");
  }

  @ParameterizedTest
  @CsvSource({
    "restricted, EXPLICIT, true",
    "restricted, NFT, false",
    "restricted, IPTABLES, false",
    "baseline, EXPLICIT, true",
    "baseline, NFT, false",
    "baseline, IPTABLES, false",
    "privileged, NFT, true",
    "privileged, IPTABLES, true"
  })
  void whatPodSecurityAdmits(String level, InjectMode mode, boolean admitted) throws IOException {
    objects.label("pod-security.kubernetes.io/enforce", level);
    boolean careless = !level.equals("restricted");
    assertThat(create(CAREFUL).exit()).isZero();
    assertThat(create(CAREFUL.replace("drop: [ALL]", "drop: []")).exit() == 0)
        .as("the level is enforced")
        .isEqualTo(careless);

    Command.Result created = create(inject(mode, TOKEN, CAREFUL).out());

    assertThat(created.exit() == 0).as(created.output()).isEqualTo(admitted);
    if (!admitted) {
      assertThat(created.output())
          .contains("violates PodSecurity \"" + level + ":latest\"")
          .containsPattern("container \"topology-xds-redirect\" must not include \"NET_ADMIN\"")
          .doesNotContain("topology-xds-proxy");
    }
  }

  private CommandRun inject(InjectMode mode, String more, String manifest) throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.yaml"), manifest);
    CommandRun run =
        CommandRun.of(
            ("inject -f %s --mode %s --xds xds.infra.svc:18000 --service-cidrs 10.96.0.0/12"
                    + " --services shop/cart --tls-secret xds-tls%s")
                .formatted(file, mode.label(), more));
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private Command.Result create(String manifest) throws IOException {
    return kubectl("create", "-f", Files.writeString(folder.resolve("pod.yaml"), manifest) + "");
  }

  private Command.Result kubectl(String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Kubectl.program().toString());
    words.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--namespace", namespace));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--dry-run=server", "--validate=strict"));
    return new Command(words).result();
  }
}
