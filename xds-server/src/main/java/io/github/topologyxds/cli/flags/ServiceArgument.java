package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code SERVICE} as kubectl's users write it, and {@code -n}. */
public final class ServiceArgument {
  private static final Set<String> KINDS = Set.of("svc", "service", "services");

  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = "NAMESPACE/NAME, or NAME with -n; svc/NAME as kubectl writes it.")
  private String written = "";

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "",
      paramLabel = "NS",
      description = "The Service's namespace, where SERVICE does not name it.")
  private String namespace = "";

  /** Returns the path, behind {@code /api/v1/}, of the Service that is meant on a server. */
  public String on(LiveServer server) {
    List<String> parts = parts();
    Map<String, String> filter = new LinkedHashMap<>();
    filter.put("name", parts.getLast());
    List<ObjectName> same =
        parts.size() == 1 && namespace.isEmpty()
            ? server.list("services", filter).stream()
                .map(s ->
                    new ObjectName(s.path("namespace").asString(""), s.path("name").asString("")))
                .distinct()
                .toList()
            : List.of(
                new ObjectName(parts.size() == 1 ? namespace : parts.getFirst(), parts.getLast()));
    ObjectName name = among(same);
    return "services/"
        + LiveServer.encoded(name.namespace())
        + "/"
        + LiveServer.encoded(name.name());
  }

  private List<String> parts() {
    List<String> parts = List.of(written.split("/", -1));
    return parts.size() > 1 && KINDS.contains(parts.getFirst())
        ? parts.subList(1, parts.size())
        : parts;
  }

  /** Returns the Service that is meant. */
  public ObjectName among(Collection<ObjectName> services) {
    List<String> parts = parts();
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
