package io.github.topologyxds.explain.cluster;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.SourceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a cluster that routing reads, listed once: for a cluster without a server. */
public final class ClusterObjects {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final int PAGE = 500;

  private static final List<Kind> KINDS =
      List.of(
          new Kind("v1", "Node", "/api/v1/nodes"),
          new Kind("v1", "Namespace", "/api/v1/namespaces"),
          new Kind("v1", "Service", "/api/v1/services"),
          new Kind(
              "discovery.k8s.io/v1", "EndpointSlice", "/apis/discovery.k8s.io/v1/endpointslices"));

  /** A cluster need not have it, nor give the right to it. */
  private static final Kind SHIFTS =
      new Kind(
          "topology-xds.io/v1alpha1", "ZonalShift", "/apis/topology-xds.io/v1alpha1/zonalshifts");

  /** A list's items do not say what they are. */
  private record Kind(String version, String name, String path) {}

  private ClusterObjects() {}

  /**
   * Lists them, as if they stood in a file.
   *
   * @throws SourceException when one kind cannot be listed; names it, and why
   */
  public static Manifests.Loaded list(WriteApi api) throws SourceException, InterruptedException {
    ObjectNode all = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = all.putArray("items");
    for (Kind kind : KINDS) {
      add(api, kind, items);
    }
    if (isThere(api, SHIFTS)) {
      add(api, SHIFTS, items);
    }
    return Manifests.of("cluster", all.toString());
  }

  private static boolean isThere(WriteApi api, Kind kind) throws InterruptedException {
    int status =
        api.send(new WriteApi.Request(WriteApi.Method.GET, kind.path() + "?limit=1", "", WITHIN))
            .status();
    return status != 404 && status != 403;
  }

  private static void add(WriteApi api, Kind kind, ArrayNode items)
      throws SourceException, InterruptedException {
    String next = "";
    do {
      String path = kind.path() + "?limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + next);
      WriteApi.Reply page = api.send(new WriteApi.Request(WriteApi.Method.GET, path, "", WITHIN));
      if (!page.succeeded()) {
        throw new SourceException(
            "the objects of kind "
                + kind.name()
                + " cannot be listed: the API server "
                + page.trouble());
      }
      for (JsonNode item : page.body().path("items")) {
        if (item instanceof ObjectNode object) {
          items.add(object.put("apiVersion", kind.version()).put("kind", kind.name()));
        }
      }
      next =
          URLEncoder.encode(
              page.body().path("metadata").path("continue").asString(""), StandardCharsets.UTF_8);
    } while (!next.isEmpty());
  }
}
