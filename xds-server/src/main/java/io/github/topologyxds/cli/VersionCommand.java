package io.github.topologyxds.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topology-xds version}. */
@Command(
    name = "version",
    description = "Prints the versions of topology-xds, of Java and of the xDS API.")
final class VersionCommand implements Callable<Integer> {
  enum Output {
    TEXT,
    JSON;

    String label() {
      return switch (this) {
        case TEXT -> "text";
        case JSON -> "json";
      };
    }
  }

  static final class OutputConverter implements ITypeConverter<Output> {
    @Override
    public Output convert(String text) {
      return Choice.of(text, Output.values(), Output::label);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-o",
      converter = OutputConverter.class,
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private Output output = Output.TEXT;

  @Override
  public Integer call() {
    ProductVersion version = ProductVersion.current();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        switch (output) {
          case TEXT ->
              "topology-xds %s%nJava %s%nEnvoy API %s"
                  .formatted(version.product(), version.java(), version.envoyApi());
          case JSON ->
              "{\"version\":\"%s\",\"java\":\"%s\",\"envoyApi\":\"%s\"}"
                  .formatted(version.product(), version.java(), version.envoyApi());
        });
    out.flush();
    return 0;
  }
}
