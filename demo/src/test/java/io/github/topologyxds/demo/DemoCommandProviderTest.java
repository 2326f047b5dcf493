package io.github.topologyxds.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.cli.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandProviderTest {
  @Test
  void addsTheCommandAndItsExampleToTheHelp() {
    StringWriter out = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out));
    assertThat(root.execute("--help")).isZero();
    assertThat(out.toString()).containsPattern("Commands:\\n  demo ");
    assertThat(out.toString()).contains("Examples:\n  topology-xds demo\n");
  }
}
