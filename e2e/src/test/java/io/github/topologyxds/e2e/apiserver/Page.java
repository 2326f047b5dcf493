package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Where a paged LIST goes on: the content of a continue token.
 *
 * @param revision of the snapshot; -1 for whatever is there now
 * @param start the first key that may follow
 */
record Page(long revision, String start) {
  static final long NOW = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Page after(ObjectKey last, long revision) {
    return new Page(revision, last.path() + "\0");
  }

  static Page parse(String token) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(token);
      JsonNode fields = JSON.readTree(new String(decoded, StandardCharsets.UTF_8));
      String start = fields.path("start").asString();
      // Real tokens have a slash in front or not, as etcd or the watch cache gave them.
      return new Page(
          fields.path("rv").asLong(), start.startsWith("/") ? start.substring(1) : start);
    } catch (IllegalArgumentException | JacksonException e) {
      throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
    }
  }

  String token() {
    String fields =
        JSON.createObjectNode()
            .put("v", "meta.k8s.io/v1")
            .put("rv", revision)
            .put("start", start)
            .toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(fields.getBytes(StandardCharsets.UTF_8));
  }
}
