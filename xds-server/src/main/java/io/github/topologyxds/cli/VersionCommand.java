package io.github.topologyxds.cli;

import io.github.topologyxds.cli.values.OutputFormat;
import io.github.topologyxds.version.ProductVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/** {@code topology-xds version}. */
@Command(
    name = "version",
    description = "Prints the versions of topology-xds, of Java and of the xDS API.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-o",
      converter = OutputFormat.Lines.class,
      completionCandidates = OutputFormat.Lines.class,
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text, json or yaml (default: ${DEFAULT-VALUE}; table and wide are text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  public Integer call() {
    ProductVersion version = ProductVersion.current();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        switch (output) {
          case TEXT, TABLE, WIDE -> String.join(System.lineSeparator(), lines(version));
          case JSON, YAML -> document(version).stripTrailing();
        });
    out.flush();
    return 0;
  }

  private String document(ProductVersion version) {
    ObjectMapper mapper = output.mapper();
    return mapper.writeValueAsString(
        mapper
            .createObjectNode()
            .put("version", version.product())
            .put("java", version.java())
            .put("envoyApi", version.envoyApi()));
  }

  /** Returns what {@code --version} prints as well. */
  static String[] lines(ProductVersion version) {
    return new String[] {
      RootCommand.NAME + " " + version.product(),
      "Java " + version.java(),
      "Envoy API " + version.envoyApi()
    };
  }
}
