package io.github.topologyxds.cli;

import io.github.topologyxds.version.ProductVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topology-xds version}. */
@Command(
    name = "version",
    description = "Prints the versions of topology-xds, of Java and of the xDS API.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-o",
      converter = OutputFormat.Lines.class,
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  public Integer call() {
    ProductVersion version = ProductVersion.current();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        (output == OutputFormat.JSON
                ? "{\"version\":\"%s\",\"java\":\"%s\",\"envoyApi\":\"%s\"}"
                : "topology-xds %s%nJava %s%nEnvoy API %s")
            .formatted(version.product(), version.java(), version.envoyApi()));
    out.flush();
    return 0;
  }
}
