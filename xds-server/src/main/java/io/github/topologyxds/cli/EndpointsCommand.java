package io.github.topologyxds.cli;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.ServiceArgument;
import io.github.topologyxds.cli.flags.WhereFlags;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.explain.EndpointView;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.report.EndpointViewJson;
import io.github.topologyxds.explain.report.EndpointViewText;
import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code topology-xds endpoints}: the endpoints of a Service as the clients of each zone get them.
 */
@Command(
    name = "endpoints",
    description = {
      "Prints the endpoints of a Service with their tier and expected share for the clients of each"
          + " zone, or of the Nodes that are named, and what is left out."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds endpoints shop/cart -f manifests/",
      "  topology-xds endpoints shop/cart -f manifests/ --node node-a1,node-b1 -o json"
    })
final class EndpointsCommand implements Callable<Integer> {
  @Mixin private ServiceArgument service = new ServiceArgument();
  @Mixin private WhereFlags where = new WhereFlags();

  @Option(
      names = "--node",
      split = ",",
      paramLabel = "N,..",
      description = "Clients on these Nodes (default: one client in each zone of the Nodes).")
  private List<String> nodes = List.of();

  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    report.print(where.answer(this::offline, this::live));
    return 0;
  }

  private String live(LiveServer server) {
    return report
        .ask(
            server,
            service.on(server).whole().path() + "/endpoints",
            nodes.isEmpty() ? Map.of() : Map.of("node", String.join(",", nodes)))
        .written();
  }

  private String offline() {
    OfflineWorld world = new OfflineWorld(where.load());
    ObjectName name = service.in(world, routing.options()).whole().service();
    List<EndpointView> views =
        new Explainer(world, routing.options())
            .endpoints(name, nodes)
            .orElseThrow(() -> new CommandFailure("there is no Service " + name));
    return report.write(
        detail -> new EndpointViewText(detail).write(views),
        mapper -> new EndpointViewJson(mapper).write(views));
  }
}
