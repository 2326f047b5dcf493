package io.github.topologyxds.cli;

import io.github.topologyxds.cli.flags.NamespaceSelection;
import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.ServerFlags;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.replicas.ReplicaState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code topology-xds proxies}: who is connected, and how far each one has got. */
@Command(
    name = "proxies",
    description = {
      "Lists who is connected to a running server: Node, zone and who tells it, whether it has"
          + " accepted what there is for it, and if not, since when and why."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds proxies -A",
      "  topology-xds proxies -n shop -o wide --server-namespace infra",
      "  topology-xds proxies --admin 127.0.0.1:18002",
      "  topology-xds proxies --admin 127.0.0.1:18002 --watch"
    })
final class ProxiesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerFlags server = new ServerFlags();
  @Mixin private NamespaceSelection namespace = new NamespaceSelection();
  @Mixin private ReportFlags report = new ReportFlags();

  @Option(
      names = {"-w", "--watch"},
      description = "Print them again whenever something changes, until Ctrl-C.")
  private boolean watch;

  @Override
  public Integer call() {
    try (LiveServer asked = server.open()) {
      if (watch) {
        asked.watch("clients", () -> print(asked));
      } else {
        print(asked);
      }
    }
    return 0;
  }

  private void print(LiveServer asked) {
    Map<String, String> filter = new LinkedHashMap<>();
    namespace.one().ifPresent(name -> filter.put("namespace", name));
    List<JsonNode> clients = asked.list("clients", filter);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        report.write(
            detail ->
                clients.isEmpty() ? none(asked) : new ProxyTable(detail, Instant.now()).of(clients),
            mapper -> items(mapper, clients, asked.replicas())));
    if (watch) {
      out.println();
    }
    out.flush();
  }

  /** A namespace that is not meant is easily named: {@code -n} of the server's own. */
  private String none(LiveServer asked) {
    return namespace
        .one()
        .map(name -> {
          int others = asked.list("clients", Map.of()).size();
          return "no proxy of namespace "
              + name
              + " is connected"
              + (others == 0 ? "" : "; " + others + " of others are (-A)");
        })
        .orElse("no proxy is connected");
  }

  private static ObjectNode items(
      ObjectMapper mapper, List<JsonNode> clients, List<ReplicaState> replicas) {
    ObjectNode root = mapper.createObjectNode();
    clients.forEach(root.putArray("items")::add);
    ReplicaState.addTo(root, replicas);
    return root;
  }
}
