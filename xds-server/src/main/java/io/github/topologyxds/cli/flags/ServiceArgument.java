package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.values.WrittenService;
import io.github.topologyxds.explain.OfflineHosts;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.UnknownHost;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.EditDistance;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.routes.HostDestination;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code SERVICE} as kubectl's users and applications write it, and {@code -n}. */
public final class ServiceArgument {
  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = {
        "NAMESPACE/NAME, or NAME with -n; svc/NAME as kubectl writes it; or as an application calls"
            + " it: cart.shop, db-0.db.shop.svc.cluster.local, a clusterIP. :PORT may follow."
      })
  private String written = "";

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "",
      paramLabel = "NS",
      description = "The Service's namespace, where SERVICE does not name it.")
  private String namespace = "";

  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();

  /**
   * What is meant.
   *
   * @param port name or number of the one port; "" for all
   * @param pod hostname of the one Pod of a headless Service; "" for all endpoints
   */
  public record Meant(ObjectName service, String port, String pod) {
    /** Returns the path, behind {@code /api/v1/}, of the Service on a server. */
    public String path() {
      return "services/"
          + LiveServer.encoded(service.namespace())
          + "/"
          + LiveServer.encoded(service.name());
    }

    /**
     * Returns the same.
     *
     * @throws CommandFailure when one port or Pod of the Service is meant
     */
    public Meant whole() {
      if (!port.isEmpty() || !pod.isEmpty()) {
        throw new CommandFailure(
            "this lists all ports and endpoints of a Service: ask for " + service);
      }
      return this;
    }
  }

  /**
   * Returns what is meant, as a server knows it.
   *
   * @throws CommandFailure when there is no such Service
   */
  public Meant on(LiveServer server) {
    WrittenService service = WrittenService.of(written);
    if (service.isHost()) {
      JsonNode meant =
          server.get("names", Map.of("host", service.name().getFirst(), "namespace", namespace));
      ObjectName name =
          new ObjectName(meant.path("namespace").asString(""), meant.path("name").asString(""));
      return new Meant(name, service.port(), meant.path("hostname").asString(""));
    }
    List<String> parts = service.name();
    List<ObjectName> same =
        parts.size() == 1 && namespace.isEmpty()
            ? server.list("services", Map.of("name", parts.getFirst())).stream()
                .map(s ->
                    new ObjectName(s.path("namespace").asString(""), s.path("name").asString("")))
                .distinct()
                .toList()
            : List.of(
                new ObjectName(parts.size() == 1 ? namespace : parts.getFirst(), parts.getLast()));
    return new Meant(among(parts, same), service.port(), "");
  }

  /**
   * Returns what is meant, as it stands in files.
   *
   * @param options of a server that would serve them
   * @throws CommandFailure when there is no such Service
   */
  public Meant in(OfflineWorld world, RoutingOptions options) {
    WrittenService service = WrittenService.of(written);
    if (!service.isHost()) {
      return new Meant(among(service.name(), world.services()), service.port(), "");
    }
    String host = service.name().getFirst();
    HostDestination meant =
        new OfflineHosts(world, options, dns.domain())
            .called(host, namespace)
            .orElseThrow(() -> new CommandFailure(UnknownHost.line(host, world.services())));
    return new Meant(meant.service(), service.port(), meant.hostname());
  }

  private ObjectName among(List<String> parts, Collection<ObjectName> services) {
    return switch (parts.size()) {
      case 1 -> named(parts.getFirst(), services);
      case 2 -> of(new ObjectName(parts.getFirst(), parts.getLast()), services);
      default -> throw new CommandFailure("'" + written + "' is no NAMESPACE/NAME");
    };
  }

  private ObjectName named(String name, Collection<ObjectName> services) {
    if (!namespace.isEmpty()) {
      return of(new ObjectName(namespace, name), services);
    }
    List<ObjectName> same = services.stream().filter(s -> s.name().equals(name)).toList();
    return switch (same.size()) {
      case 0 -> throw unknown(name, services, ObjectName::name);
      case 1 -> same.getFirst();
      default ->
          throw new CommandFailure(
              "there is a Service "
                  + name
                  + " in "
                  + same.stream().map(ObjectName::namespace).collect(Collectors.joining(", "))
                  + ": say which with -n");
    };
  }

  private ObjectName of(ObjectName name, Collection<ObjectName> services) {
    if (!namespace.isEmpty() && !namespace.equals(name.namespace())) {
      throw new CommandFailure(
          "'" + written + "' and -n " + namespace + " name two namespaces; one is enough");
    }
    if (!services.contains(name)) {
      throw unknown(name.toString(), services, ObjectName::toString);
    }
    return name;
  }

  private static CommandFailure unknown(
      String name, Collection<ObjectName> services, Function<ObjectName, String> label) {
    String near = nearest(name, services.stream().map(label).toList()).orElse("");
    String meant = near.isEmpty() ? "" : "; did you mean " + near + "?";
    return new CommandFailure(
        "there is no Service " + name + " (of " + services.size() + " Services)" + meant);
  }

  /** Returns the name of which the written one looks like a misspelling. */
  static Optional<String> nearest(String written, Collection<String> names) {
    return names.stream()
        .filter(meant -> EditDistance.isMisspelling(written, meant))
        .min(Comparator.comparingInt(meant -> EditDistance.between(written, meant)));
  }
}
