package io.github.topologyxds.cli;

import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ExplanationJson;
import io.github.topologyxds.explain.ExplanationText;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServicePort;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topology-xds explain}: where the requests of a client go, and why. */
@Command(
    name = "explain",
    description = {
      "Says where a client's requests to a Service go and why: the share of every endpoint, the"
          + " rules in their order with their numbers, and what is left out.",
      "As at a server's first complete state: an endpoint that is not ready counts as lost capacity."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds explain shop/cart -f manifests/ --zone zone-a",
      "  kubectl get svc,endpointslices,nodes -A -o yaml | topology-xds explain svc/cart -n shop"
          + " --node node-a1 -f -",
      "",
      "Exit codes: 0 fine, 1 the input is at fault, 2 wrong usage, 3 nothing can be reached from"
          + " there."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int UNREACHABLE = 3;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceArgument service = new ServiceArgument();
  @Mixin private InputFiles files = new InputFiles();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Name or number of one port of the Service (default: all).")
  private @Nullable String port;

  @Option(
      names = "--node",
      paramLabel = "N",
      description = "The client's Node; its zone comes from the Node in the files.")
  private @Nullable String node;

  @Option(
      names = "--zone",
      paramLabel = "Z",
      description = "The client's zone, if its Node is not given or not in the files.")
  private @Nullable String zone;

  @Option(
      names = "--family",
      converter = FamilyOption.class,
      paramLabel = "F",
      description = "IPv4 or IPv6 (default: the Service's primary family).")
  private @Nullable Family family;

  @Mixin private WhatIfFlag whatIf = new WhatIfFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();

  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    if (node == null && zone == null) {
      throw new ParameterException(
          spec.commandLine(), "say from where: --node N or --zone Z (--zone '': from nowhere)");
    }
    OfflineWorld world = new OfflineWorld(files.load());
    ObjectName name = service.among(world.services());
    Explainer explainer = new Explainer(world, routing.options());
    ServiceExplanation explanation =
        explainer
            .explain(name, explainer.client(text(node), text(zone), family), whatIf.changes())
            .map(this::asked)
            .orElseThrow(() -> new CommandFailure("there is no Service " + name));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        report.write(
            detail -> new ExplanationText(detail).write(explanation),
            mapper -> new ExplanationJson(mapper).write(explanation)));
    out.flush();
    return explanation.reachable() ? 0 : UNREACHABLE;
  }

  private ServiceExplanation asked(ServiceExplanation all) {
    if (port == null) {
      return all;
    }
    return all.ports().stream()
        .filter(p -> isNamed(p.explanation().port(), port))
        .findFirst()
        .map(all::only)
        .orElseThrow(() ->
            new CommandFailure(
                all.service()
                    + " serves no port '"
                    + port
                    + "' (it serves: "
                    + all.ports().stream()
                        .map(p -> label(p.explanation().port()))
                        .collect(Collectors.joining(", "))
                    + ")"));
  }

  private static boolean isNamed(ServicePort port, String written) {
    return port.name().equals(written) || String.valueOf(port.number()).equals(written);
  }

  private static String label(ServicePort port) {
    return (port.name() + " " + port.number()).strip();
  }

  private static String text(@Nullable String flag) {
    return flag == null ? "" : flag;
  }
}
