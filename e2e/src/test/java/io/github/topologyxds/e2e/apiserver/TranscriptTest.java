package io.github.topologyxds.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays what was recorded of a real API server of 1.36.3, in its order, and wants the same
 * answers. So the substitute cannot drift from the real thing. Only what cannot be equal is left
 * out: uids and times.
 */
class TranscriptTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The revision at which the recording begins, and the ones before its later parts. */
  private static final long AT_FIRST = 547;

  private static final Map<String, Long> MOVED_ON =
      Map.of(
          "list page 2 with a continue token whose revision was compacted (410 Expired)", 559L,
          "watch from a compacted resourceVersion (410 as an ERROR event or as a status)", 571L);

  private final Map<String, String> uids = new HashMap<>();

  @Test
  void answersAsTheRealServerDid() throws Exception {
    List<Exchange> recorded = Exchange.recorded();
    assertThat(recorded).hasSize(24);
    try (ApiServer api = ApiServer.start()) {
      seed(api, recorded);
      for (Exchange exchange : recorded) {
        prepare(api, exchange);
        try (TestClient client = client(api, exchange)) {
          replay(client, exchange);
        }
      }
    }
  }

  /** What was there before: the slices of the recorded lists, at the revisions that they had. */
  private static void seed(ApiServer api, List<Exchange> recorded) {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: data}}");
    for (Exchange list : recorded.subList(0, 2)) {
      for (JsonNode item : list.response().path("body").path("items")) {
        ObjectNode slice = (ObjectNode) item.deepCopy();
        slice.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
        api.restore(slice);
      }
    }
    api.store().advanceTo(AT_FIRST);
  }

  private static void prepare(ApiServer api, Exchange exchange) {
    Long revision = MOVED_ON.get(exchange.name());
    if (revision != null) {
      api.store().advanceTo(revision);
      if (revision == 571) {
        api.compact();
      }
    }
  }

  private static TestClient client(ApiServer api, Exchange exchange) {
    String recorded = exchange.request().path("headers").path("Authorization").asString("");
    return recorded.isEmpty() ? new TestClient(api) : new TestClient(api, recorded);
  }

  private void replay(TestClient client, Exchange exchange)
      throws IOException, InterruptedException {
    String method = exchange.request().path("method").asString();
    String path = exchange.request().path("path").asString();
    JsonNode expected = exchange.response().path("body");
    int status = exchange.response().path("status").asInt();
    if (exchange.isWatch()) {
      var response = client.raw(path);
      assertThat(response.statusCode()).as(exchange.name()).isEqualTo(status);
      List<JsonNode> lines = response.body().lines().<JsonNode>map(JSON::readTree).toList();
      List<JsonNode> recorded = new ArrayList<>();
      expected.forEach(line -> recorded.add(comparable(JSON.readTree(line.asString()))));
      assertThat(lines.stream().map(this::comparable).toList())
          .as(exchange.name())
          .isEqualTo(recorded);
      return;
    }
    TestClient.Reply reply = client.send(method, path, body(exchange));
    learnUid(expected, reply.body());
    assertThat(reply.status()).as("%s: %s", exchange.name(), reply.body()).isEqualTo(status);
    assertThat(comparable(reply.body())).as(exchange.name()).isEqualTo(comparable(expected));
  }

  /** The recorded body, with our uids in the place of those that were given then. */
  private String body(Exchange exchange) {
    JsonNode body = exchange.request().path("body");
    if (body.isString()) {
      // The one body that was too long to record.
      assertThat(body.asString()).isEqualTo("a slice of 1001 endpoints");
      return sliceOf(1001);
    }
    if (!body.isObject()) {
      return "";
    }
    String text = body.toString();
    for (Map.Entry<String, String> uid : uids.entrySet()) {
      text = text.replace(uid.getKey(), uid.getValue());
    }
    return text;
  }

  private static String sliceOf(int count) {
    ObjectNode slice = JSON.createObjectNode();
    slice.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
    slice.putObject("metadata").put("name", "t-2");
    slice.put("addressType", "IPv4");
    ArrayNode endpoints = slice.putArray("endpoints");
    for (int i = 0; i < count; i++) {
      endpoints.addObject().putArray("addresses").add("10.0.%d.%d".formatted(i >> 8, i & 0xff));
    }
    return slice.toString();
  }

  private void learnUid(JsonNode recorded, JsonNode ours) {
    String theirs = recorded.path("metadata").path("uid").asString("");
    if (!theirs.isEmpty()) {
      uids.put(theirs, ours.path("metadata").path("uid").asString());
    }
  }

  /** An answer without what may differ; revisions stay, for they are replayed too. */
  private JsonNode comparable(JsonNode answer) {
    String text = answer.toString();
    for (Map.Entry<String, String> uid : uids.entrySet()) {
      text = text.replace(uid.getValue(), uid.getKey());
    }
    JsonNode copy = JSON.readTree(text);
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(List.of("creationTimestamp", "time"));
      String token = object.path("continue").asString("");
      if (!token.isEmpty()) {
        object.set("continue", decoded(token));
      }
    }
    node.forEach(TranscriptTest::strip);
  }

  /** etcd's tokens have a slash in front of the key, the watch cache's have none. */
  private static JsonNode decoded(String token) {
    ObjectNode fields = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(token));
    String start = fields.path("start").asString();
    return fields.put("start", start.startsWith("/") ? start.substring(1) : start);
  }
}
