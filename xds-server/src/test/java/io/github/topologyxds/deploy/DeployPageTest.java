package io.github.topologyxds.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(script).contains(" -cp @/app/jib-classpath-file io.github.topologyxds.Main ");
    String line = script.substring(start, script.indexOf(" >"));
    assertThat(line).contains("--node \"$NODE_NAME\"", "--namespace \"$NAMESPACE\"");
    String[] arguments =
        line.replace("\"$NODE_NAME\"", "node-a").replace("\"$NAMESPACE\"", "shop").split(" ");
    assertThat(RootCommand.commandLine().parseArgs(arguments).errors()).isEmpty();
    assertThat(bootstrap.getEnv().getFirst().getValueFrom().getFieldRef().getFieldPath())
        .isEqualTo("spec.nodeName");
  }

  /** The block of code that begins so. */
  static String block(String beginning) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "deploy.md"));
    int start = page.indexOf(beginning);
    assertThat(start).as(beginning).isPositive();
    return page.substring(start, page.indexOf("```", start));
  }
}
