package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The YAML that docs/deploy.md asks users to copy. */
class DeployPageTest {
  @Test
  void theExamplePodIsOneAndItsBootstrapIsTaken() throws Exception {
    Pod pod = new KubernetesSerialization().unmarshal(block("apiVersion: v1\nkind: Pod"));
    Container bootstrap = pod.getSpec().getInitContainers().getFirst();
    String script = bootstrap.getCommand().getLast();
    int start = script.indexOf("bootstrap ");

    assertThat(UnknownFields.of(pod)).isEmpty();
    assertThat(script).contains("exec /opt/topology-xds/bin/topology-xds bootstrap ");
    String line = script.substring(start, script.indexOf(" >"));
    assertThat(line).contains("--node \"$NODE_NAME\"", "--namespace \"$NAMESPACE\"");
    String[] arguments =
        line.replace("\"$NODE_NAME\"", "node-a").replace("\"$NAMESPACE\"", "shop").split(" ");
    assertThat(RootCommand.commandLine().parseArgs(arguments).errors()).isEmpty();
    assertThat(bootstrap.getEnv().getFirst().getValueFrom().getFieldRef().getFieldPath())
        .isEqualTo("spec.nodeName");
  }

  /** Envoy takes the certificate for the very name that it connects to, and for no other one. */
  @Test
  void theCertificateIsForTheNameThatTheBootstrapsHave() throws Exception {
    String pod = block("apiVersion: v1\nkind: Pod");
    Matcher name = Pattern.compile("--xds ([a-z.-]+):18000").matcher(pod);
    assertThat(name.find()).isTrue();

    assertThat(block("apiVersion: cert-manager.io/v1"))
        .contains("dnsNames: [" + name.group(1) + "]");
    assertThat(Files.readString(Path.of("..", "docs", "operating.md")))
        .contains("--xds " + name.group(1) + ":18000");
  }

  /** Whatever file the bootstrap names is mounted where Envoy reads it. */
  @Test
  void theExamplePodsEnvoyHasItsCertificatesAndIsWaitedFor() throws Exception {
    Pod pod = new KubernetesSerialization().unmarshal(block("apiVersion: v1\nkind: Pod"));
    String script = pod.getSpec().getInitContainers().getFirst().getCommand().getLast();
    Container envoy = pod.getSpec().getInitContainers().getLast();

    assertThat(Pattern.compile("--tls-\\w+ (/\\w+)/").matcher(script).results())
        .hasSize(3)
        .allSatisfy(file ->
            assertThat(envoy.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains(file.group(1)));
    assertThat(envoy.getVolumeMounts())
        .allSatisfy(mount ->
            assertThat(pod.getSpec().getVolumes())
                .extracting(Volume::getName)
                .contains(mount.getName()));
    assertThat(envoy.getRestartPolicy()).isEqualTo("Always");
    assertThat(envoy.getStartupProbe().getExec().getCommand().getLast()).contains("/ready");
  }

  /** The block of code that begins so. */
  static String block(String beginning) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "deploy.md"));
    int start = page.indexOf(beginning);
    assertThat(start).as(beginning).isPositive();
    return page.substring(start, page.indexOf("```", start));
  }
}
