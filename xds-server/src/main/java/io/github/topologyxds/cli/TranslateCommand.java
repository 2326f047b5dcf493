package io.github.topologyxds.cli;

import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.explain.TranslationJson;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.source.files.Manifests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code topology-xds translate}: what a client would get, and why, without a server. */
@Command(
    name = "translate",
    description = {
      "Prints what an Envoy would get, and why, from files alone: clusters, endpoints, routes,"
          + " listeners, one decision for each cluster, and what is odd about the input.",
      "As at a server's first complete state: an endpoint that is not ready counts as lost capacity."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds translate -f manifests/ --zone zone-a --service shop/cart",
      "  kubectl get svc,endpointslices,nodes -A -o yaml > all.yaml",
      "  topology-xds translate -f all.yaml --node node-a1 -o yaml"
    })
final class TranslateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, or folders of *.yaml, *.yml and *.json.")
  private List<Path> paths = List.of();

  @Option(
      names = "--zone",
      defaultValue = "",
      paramLabel = "Z",
      description = "The client's zone, if its Node is not given or not in the files.")
  private String zone = "";

  @Option(
      names = "--node",
      defaultValue = "",
      paramLabel = "N",
      description = "The client's Node; its zone comes from the Node in the files.")
  private String node = "";

  @Option(
      names = "--namespace",
      defaultValue = "",
      paramLabel = "NS",
      description = "The client's namespace, whose Services it may call by their bare names.")
  private String namespace = "";

  @Option(
      names = "--family",
      converter = FamilyOption.class,
      paramLabel = "F",
      description = "IPv4 or IPv6 (default: each Service's primary family).")
  private @Nullable Family family;

  @Option(
      names = "--service",
      converter = ServiceConverter.class,
      paramLabel = "NS/NAME",
      description = "Only this Service (default: all).")
  private @Nullable ObjectName service;

  @Mixin private RoutingFlags routing = new RoutingFlags();

  @Option(
      names = "--cluster-domain",
      defaultValue = ServeSettings.DEFAULT_CLUSTER_DOMAIN,
      paramLabel = "D",
      description = "Domain of the cluster's DNS (default: ${DEFAULT-VALUE}).")
  private String clusterDomain = ServeSettings.DEFAULT_CLUSTER_DOMAIN;

  @Option(
      names = "-o",
      converter = OutputConverter.class,
      defaultValue = "json",
      paramLabel = "FORMAT",
      description = "json or yaml (default: ${DEFAULT-VALUE}).")
  private Output output = Output.JSON;

  @Override
  public Integer call() {
    Manifests.Loaded loaded = InputFiles.load(paths);
    TranslateRequest request =
        new TranslateRequest(node, zone, namespace, family, service, routing.options());
    Optional<Translation> translation =
        Translation.of(loaded, request, ClusterDomain.check(spec, clusterDomain));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        new TranslationJson(output.mapper())
            .write(
                translation.orElseThrow(() ->
                    new CommandFailure("no Service " + service + " in the files" + why(loaded)))));
    out.flush();
    return 0;
  }

  /** It may be there, but refused. */
  private String why(Manifests.Loaded loaded) {
    return loaded.findings().stream()
        .filter(finding -> finding.object().equals("Service " + service))
        .findFirst()
        .map(finding -> ": " + finding.message())
        .orElse("");
  }

  enum Output {
    JSON,
    YAML;

    String label() {
      return switch (this) {
        case JSON -> "json";
        case YAML -> "yaml";
      };
    }

    ObjectMapper mapper() {
      return switch (this) {
        case JSON -> new JsonMapper();
        case YAML -> new YAMLMapper();
      };
    }
  }

  static final class OutputConverter implements ITypeConverter<Output> {
    @Override
    public Output convert(String text) {
      return Choice.of(text, Output.values(), Output::label);
    }
  }

  static final class ServiceConverter implements ITypeConverter<ObjectName> {
    @Override
    public ObjectName convert(String text) {
      int slash = text.indexOf('/');
      if (slash < 1 || slash == text.length() - 1) {
        throw new TypeConversionException("'" + text + "' is no NAMESPACE/NAME");
      }
      return new ObjectName(text.substring(0, slash), text.substring(slash + 1));
    }
  }
}
