package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What an account may ask about itself: who it is, and whether a request would be allowed. */
final class SelfReviews {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Faults faults;

  SelfReviews(Faults faults) {
    this.faults = faults;
  }

  /** Answers, if the request is a review. */
  Optional<Answer> answer(Request request, String user) {
    return switch (request.path()) {
      case "/apis/authentication.k8s.io/v1/selfsubjectreviews" ->
          Optional.of(status(Map.of("userInfo", Map.of("username", user))));
      case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" ->
          Optional.of(
              status(
                  Map.of(
                      "allowed",
                      allowed(
                          JSON.readTree(request.body()).path("spec").path("resourceAttributes")))));
      default -> Optional.empty();
    };
  }

  /** A user has all rights but for the faults: those that the request itself would meet. */
  private boolean allowed(JsonNode asked) {
    String group = asked.path("group").asString("");
    String namespace = asked.path("namespace").asString("");
    String verb = asked.path("verb").asString("");
    String path =
        (group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1")
            + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
            + "/"
            + asked.path("resource").asString("");
    Request request =
        new Request(
            verb.equals("create") ? "POST" : "GET",
            path,
            verb.equals("watch") ? "watch=true" : "",
            Map.of(),
            "");
    return faults.insteadOf(request).filter(Fault.Forbidden.class::isInstance).isEmpty();
  }

  private static Answer status(Map<String, Object> status) {
    return Answer.Content.json(
        201, JSON.writeValueAsString(Map.of("status", status)).getBytes(StandardCharsets.UTF_8));
  }
}
