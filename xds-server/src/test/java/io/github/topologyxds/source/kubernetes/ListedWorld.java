package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.state.ResourceVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster of many objects of a kind, as an API server lists them.
 *
 * @param zones in which clients are
 */
record ListedWorld(String title, List<String> zones, List<Objects> objects) {
  private static final int PAGE = 250;
  private static final String VERSION = "123456789";

  /**
   * So many objects of a kind.
   *
   * @param json of one of them, counted from 0
   */
  record Objects(WatchedKind kind, int count, IntFunction<String> json) {}

  /** There is always a Service: a cluster without any object is not believed. */
  static ListedWorld of(String title, Objects... objects) {
    List<Objects> all = new ArrayList<>(List.of(objects));
    all.add(services(1, i -> "default", i -> "kubernetes", i -> ports(1, p -> "", "TCP")));
    return new ListedWorld(title, List.of("", "zone-0", "zone-1", "zone-2"), all);
  }

  ListedWorld zones(int count, IntFunction<String> name) {
    List<String> zones = IntStream.range(0, count).mapToObj(name).toList();
    return new ListedWorld(title, zones, objects);
  }

  /** Lists a collection, page by page as a reflector does. */
  Observation.Listed list(WatchedKind kind) throws ApiFailure {
    List<ObservedObject> all = new ArrayList<>();
    for (Objects some : objects) {
      for (int from = 0; some.kind() == kind && from < some.count(); from += PAGE) {
        String items =
            IntStream.range(from, Math.min(from + PAGE, some.count()))
                .mapToObj(some.json())
                .collect(Collectors.joining(","));
        String json =
            "{\"metadata\":{\"resourceVersion\":\"%s\"},\"items\":[%s]}".formatted(VERSION, items);
        all.addAll(ObjectCodec.page(kind, json.getBytes(StandardCharsets.UTF_8)).objects());
      }
    }
    return new Observation.Listed(new Feed(kind, ""), new ResourceVersion(VERSION), all);
  }

  /** Nodes or Namespaces. */
  static Objects clusterScoped(
      WatchedKind kind, int count, IntFunction<String> name, IntFunction<String> metadata) {
    return new Objects(
        kind, count, i -> "{%s}".formatted(metadata("", name.apply(i), metadata.apply(i))));
  }

  static Objects services(
      int count,
      IntFunction<String> namespace,
      IntFunction<String> name,
      IntFunction<String> spec) {
    return new Objects(
        WatchedKind.SERVICE,
        count,
        i ->
            "{%s,\"spec\":{%s}}"
                .formatted(metadata(namespace.apply(i), name.apply(i), ""), spec.apply(i)));
  }

  /** Slices of the Services shop/s0, shop/s1, ... in turn. */
  static Objects slices(int count, int services, IntFunction<String> rest) {
    return new Objects(
        WatchedKind.SLICE,
        count,
        i ->
            "{%s,%s}"
                .formatted(
                    metadata(
                        "shop",
                        "s" + i % services + "-" + i,
                        ",\"labels\":{\"kubernetes.io/service-name\":\"s" + i % services + "\"}"),
                    rest.apply(i)));
  }

  static String ports(int count, IntFunction<String> name, String protocol) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i ->
            "{\"name\":\"%s\",\"port\":%d,\"protocol\":\"%s\"}"
                .formatted(name.apply(i), i, protocol))
        .collect(Collectors.joining(",", "\"ports\":[", "]"));
  }

  static String endpoints(int count, IntFunction<String> endpoint) {
    return IntStream.range(0, count)
        .mapToObj(endpoint)
        .collect(Collectors.joining(",", "\"addressType\":\"IPv4\",\"endpoints\":[", "]"));
  }

  /** A ready endpoint; each number has an address of its own. */
  static String endpoint(int i, String more) {
    return "{\"addresses\":[\"10.%d.%d.%d\"],\"conditions\":{\"ready\":true}%s}"
        .formatted(1 + i / 62_500, i / 250 % 250, 1 + i % 250, more);
  }

  /** Such an endpoint as Kubernetes writes it for a Pod. */
  static String pod(int i) {
    return endpoint(
        i,
        ",\"nodeName\":\"node-%d\",\"zone\":\"zone-%d\",\"targetRef\":{\"kind\":\"Pod\",\"uid\":\"%s\"}"
            .formatted(i % 1_000, i % 3, new UUID(7, i)));
  }

  private static String metadata(String namespace, String name, String more) {
    return """
    "metadata":{"namespace":"%s","name":"%s","uid":"%s","resourceVersion":"%s",\
    "creationTimestamp":"2026-01-31T08:00:00Z"%s}\
    """
        .formatted(namespace, name, new UUID(namespace.hashCode(), name.hashCode()), VERSION, more);
  }
}
