package io.github.topologyxds.api;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.UnknownHost;
import io.github.topologyxds.xds.routes.HostDestination;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code names}: which Service, or Pod of one, a client means by the name of a host. */
final class NamesResource implements Resource {
  private final BiFunction<String, String, Optional<HostDestination>> hosts;
  private final ClusterSnapshot cluster;

  /**
   * Tells of names as clients' requests are answered.
   *
   * @param hosts by the name and the client's namespace
   */
  NamesResource(
      BiFunction<String, String, Optional<HostDestination>> hosts, ClusterSnapshot cluster) {
    this.hosts = hosts;
    this.cluster = cluster;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave("host", "namespace");
    String host =
        request
            .parameter("host")
            .orElseThrow(() ->
                new ApiFailure(
                    ApiFailure.Kind.INVALID, "say which: host=cart.shop, or a clusterIP"));
    HostDestination meant =
        hosts
            .apply(host, request.parameter("namespace").orElse(""))
            .orElseThrow(() ->
                new ApiFailure(
                    ApiFailure.Kind.NOT_FOUND, UnknownHost.line(host, cluster.services())));
    return JsonNodeFactory.instance
        .objectNode()
        .put("namespace", meant.service().namespace())
        .put("name", meant.service().name())
        .put("hostname", meant.hostname());
  }
}
