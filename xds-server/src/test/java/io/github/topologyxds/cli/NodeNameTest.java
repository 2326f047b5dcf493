package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A bootstrap for a Node that no cluster can have is refused, not printed. */
class NodeNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a b", "", " ", "a\nb", "-a", "a-", "\"", "${x}", "ä"})
  void shouldBeWrongUsage(String node) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(root.execute("bootstrap", "--kind", "sidecar", "--node", node)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains("is no Node's name");
  }
}
