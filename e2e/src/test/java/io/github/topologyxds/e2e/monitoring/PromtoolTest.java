package io.github.topologyxds.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules by Prometheus' own tool: whether they are any, and when each of them fires. */
@Tag("promtool")
class PromtoolTest {
  @Test
  void theRulesAreSome() throws Exception {
    assertThat(promtool("check", "rules", MonitoringFiles.ALERTS.toString()))
        .contains(MonitoringFiles.alerts().size() + " rules found");
  }

  @Test
  void theyFireWhenTheyShouldAndOnlyThen() throws Exception {
    assertThat(promtool("test", "rules", MonitoringFiles.TESTS.toString())).contains("SUCCESS");
  }

  private static String promtool(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("in %s: %s", Path.of("").toAbsolutePath(), output).isZero();
    return output;
  }
}
