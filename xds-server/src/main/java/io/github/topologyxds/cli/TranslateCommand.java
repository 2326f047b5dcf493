package io.github.topologyxds.cli;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.ClientFlags;
import io.github.topologyxds.cli.flags.ClusterDomainFlag;
import io.github.topologyxds.cli.flags.DocumentFlags;
import io.github.topologyxds.cli.flags.FailOnFlag;
import io.github.topologyxds.cli.flags.ManifestFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.explain.report.TranslationJson;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.source.files.Manifests;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

  @Mixin private ManifestFlags manifests = new ManifestFlags();

  @Mixin private ClientFlags client = new ClientFlags();

  @Option(
      names = "--service",
      converter = ServiceConverter.class,
      paramLabel = "NS/NAME",
      description = "Only this Service (default: all).")
  private @Nullable ObjectName service;

  @Mixin private RoutingFlags routing = new RoutingFlags();

  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();

  @Mixin private FailOnFlag failOn = new FailOnFlag();

  @Mixin private DocumentFlags document = new DocumentFlags();

  @Override
  public Integer call() {
    Manifests.Loaded loaded = manifests.routing();
    TranslateRequest request =
        new TranslateRequest(
            client.place().node(),
            client.place().zone(),
            client.namespace(),
            client.place().family(),
            service,
            routing.options());
    Translation translation =
        Translation.of(loaded, request, dns.domain())
            .orElseThrow(() -> new CommandFailure(missing(loaded)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(new TranslationJson(document.mapper()).write(translation));
    out.flush();
    return failOn.exitCode(translation.findings().stream().map(Finding::severity).toList());
  }

  /** It may be there, but refused, or hidden from this client. */
  private String missing(Manifests.Loaded loaded) {
    String missing = "no Service " + service + " in the files";
    if (service == null) {
      return missing;
    }
    if (new OfflineWorld(loaded).service(service).isPresent()) {
      return "Service %s is not visible to clients of namespace '%s' (%s): see --namespace"
          .formatted(service, client.namespace(), AnnotationNames.VISIBLE_TO);
    }
    ObjectKey asked = ObjectKey.service(service);
    return loaded.findings().stream()
        .filter(finding -> finding.object().equals(asked))
        .findFirst()
        .map(finding -> missing + ": " + finding.message())
        .orElse(missing);
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
