package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.programs.HelmCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every {@code helm} of the pages has the flags that there are, and values that the chart takes.
 */
class HelmCommandsTest {
  /** The values of before are kept, and a certificate is one of them. */
  private static final List<String> KEPT = List.of("--set", "tls.secretName=of-before");

  @Test
  void areTaken() throws Exception {
    List<CommandsTest.Command> commands =
        CommandsTest.commands("helm"::equals).stream()
            .filter(command -> command.words().size() > 2)
            .toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
    assertThat(commands)
        .allSatisfy(command -> {
          List<String> words = new ArrayList<>(command.words());
          if (words.contains("--reuse-values")) {
            words.addAll(KEPT);
          }
          HelmCommand helm = HelmCommand.of(words.subList(1, words.size())).at(Block.CHECKOUT);
          assertThat(helm.names()).as("%s", command).isNotEmpty();
          if (helm.names().size() == 2) {
            assertThat(helm.rendered()).as("%s", command).contains("kind: Deployment");
          }
        });
  }
}
