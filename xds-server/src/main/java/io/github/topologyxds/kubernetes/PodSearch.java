package io.github.topologyxds.kubernetes;

import io.github.topologyxds.kubernetes.PodSearch.Found.Condition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds Pods by their labels; needs {@code list} on {@code pods}. Any thread. */
public final class PodSearch {
  private static final JsonMapper JSON = new JsonMapper();

  private final ApiClient api;

  /** Asks this API server. */
  public PodSearch(ApiClient api) {
    this.api = api;
  }

  /**
   * A Pod that was found and has not ended.
   *
   * @param serviceAccount the name of the account that it runs under
   */
  public record Found(String namespace, String name, Condition condition, String serviceAccount) {
    /** Whether it takes requests. */
    public enum Condition {
      READY,
      NOT_READY,
      /** It is being deleted. */
      TERMINATING
    }

    /** Returns {@code NAMESPACE/NAME}. */
    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  /**
   * Returns the Pods that a selector fits, sorted by namespace and name.
   *
   * @param namespace "" for all of them
   * @param selector as {@code kubectl -l} takes it
   * @throws ApiFailure when they cannot be listed; DENIED when the account may not
   */
  public List<Found> find(String namespace, String selector)
      throws ApiFailure, InterruptedException {
    String scope = namespace.isEmpty() ? "" : "/namespaces/" + encoded(namespace);
    byte[] body = api.get("/api/v1" + scope + "/pods?labelSelector=" + encoded(selector));
    List<Found> found = new ArrayList<>();
    for (JsonNode pod : tree(body).path("items")) {
      // What has run to its end, or was evicted, is no replica any more.
      String phase = pod.path("status").path("phase").asString("");
      if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
        found.add(
            new Found(
                pod.path("metadata").path("namespace").asString(""),
                pod.path("metadata").path("name").asString(""),
                condition(pod),
                pod.path("spec").path("serviceAccountName").asString("default")));
      }
    }
    found.sort(Comparator.comparing(Found::toString));
    return found;
  }

  private static JsonNode tree(byte[] body) throws ApiFailure {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new ApiFailure(ApiFailure.Kind.UNREADABLE, "answers a list of Pods with no JSON");
    }
  }

  private static Condition condition(JsonNode pod) {
    if (pod.path("metadata").has("deletionTimestamp")) {
      return Condition.TERMINATING;
    }
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True")
            ? Condition.READY
            : Condition.NOT_READY;
      }
    }
    return Condition.NOT_READY;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
