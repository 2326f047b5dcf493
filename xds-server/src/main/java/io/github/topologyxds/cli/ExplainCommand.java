package io.github.topologyxds.cli;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.PlaceFlags;
import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.ServiceArgument;
import io.github.topologyxds.cli.flags.WhatIfFlag;
import io.github.topologyxds.cli.flags.WhereFlags;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explain.report.ExplanationReport;
import io.github.topologyxds.explain.report.UnknownEndpointException;
import io.github.topologyxds.model.ObjectName;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

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
      "  topology-xds explain cart.shop:80 --from shop/front-7c9-abcde",
      "",
      "Exit codes: 0 fine, 1 the input is at fault, 2 wrong usage, 3 nothing can be reached from"
          + " there."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int UNREACHABLE = 3;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceArgument service = new ServiceArgument();
  @Mixin private WhereFlags where = new WhereFlags();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Name or number of one port of the Service (default: all).")
  private @Nullable String port;

  @Option(
      names = "--from",
      paramLabel = "CLIENT",
      description = "A client that is connected to the server, by its node.id.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "IP",
      description =
          "What becomes of the requests to this endpoint, by its IP or the Pod's hostname; exit code"
              + " 3 if it gets none.")
  private @Nullable String to;

  @Mixin private PlaceFlags place = new PlaceFlags();
  @Mixin private WhatIfFlag whatIf = new WhatIfFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();

  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    boolean offline = where.isOffline();
    if (offline && from != null) {
      throw new ParameterException(
          spec.commandLine(), "--from CLIENT is for a running server: files hold no clients");
    }
    if (!place.isGiven() && from == null) {
      throw new ParameterException(
          spec.commandLine(),
          "say from where: --node N or --zone Z (--zone '': from nowhere), of a running server also"
              + " --from CLIENT");
    }
    return where.answer(this::offline, this::live);
  }

  private int live(LiveServer server) {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "client", from);
    place.addTo(parameters);
    ServiceArgument.Meant meant = service.on(server);
    String target = target(meant);
    put(parameters, "port", port(meant));
    put(parameters, "to", target);
    parameters.putAll(whatIf.parameters());
    ReportFlags.Answer answer = report.ask(server, meant.path() + "/explain", parameters);
    report.print(answer.written());
    JsonNode asked = target == null ? answer.json() : answer.json().path("to");
    return asked.path("reachable").asBoolean() ? 0 : UNREACHABLE;
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  private @Nullable String port(ServiceArgument.Meant meant) {
    return either("--port", port, meant.port());
  }

  private @Nullable String target(ServiceArgument.Meant meant) {
    return either("--to", to, meant.pod());
  }

  /** What a flag and SERVICE may both name. */
  private @Nullable String either(String flag, @Nullable String given, String named) {
    if (named.isEmpty()) {
      return given;
    }
    if (given != null) {
      throw new ParameterException(
          spec.commandLine(), "SERVICE names '" + named + "' already: leave " + flag + " out");
    }
    return named;
  }

  private int offline() {
    OfflineWorld world = new OfflineWorld(where.load());
    ServiceArgument.Meant meant = service.in(world, routing.options());
    ObjectName name = meant.service();
    Explainer explainer = new Explainer(world, routing.options());
    ServiceExplanation explanation =
        explainer
            .explain(name, place.client(explainer), whatIf.changes())
            .map(all -> asked(all, port(meant)))
            .orElseThrow(() -> new CommandFailure("there is no Service " + name));
    place.doubt(world).ifPresent(this::warn);
    ExplanationReport told = report(explanation, target(meant));
    report.print(report.write(told::text, told::json));
    return told.reachable() ? 0 : UNREACHABLE;
  }

  private static ExplanationReport report(ServiceExplanation explanation, @Nullable String target) {
    try {
      return ExplanationReport.of(explanation, Optional.ofNullable(target));
    } catch (UnknownEndpointException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void warn(String doubt) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + doubt);
    err.flush();
  }

  private static ServiceExplanation asked(ServiceExplanation all, @Nullable String named) {
    return named == null
        ? all
        : all.only(named).orElseThrow(() -> new CommandFailure(all.unserved(named)));
  }
}
