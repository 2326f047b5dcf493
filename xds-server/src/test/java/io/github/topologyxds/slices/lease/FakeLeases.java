package io.github.topologyxds.slices.lease;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** One Lease, with the rules of the API server for resourceVersions. */
public final class FakeLeases implements WriteApi {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private @Nullable ObjectNode lease;
  private int version;
  private int made;
  private boolean away;

  void away(boolean now) {
    away = now;
  }

  ObjectNode lease() {
    return lease == null ? JSON.createObjectNode() : lease;
  }

  String holder() {
    return lease().path("spec").path("holderIdentity").asString("");
  }

  int transitions() {
    return lease().path("spec").path("leaseTransitions").asInt(-1);
  }

  /** Somebody writes it by hand. */
  ObjectNode edit() {
    version++;
    ObjectNode edited = lease();
    lease = edited;
    edited.withObject("metadata").put("resourceVersion", Integer.toString(version));
    if (!edited.path("metadata").has("uid")) {
      made++;
      edited.withObject("metadata").put("uid", "lease-" + made);
    }
    return edited;
  }

  String body() {
    return lease().toString();
  }

  void delete() {
    lease = null;
  }

  @Override
  public Reply send(Request request) {
    if (away) {
      return new Reply(0, MissingNode.getInstance(), Duration.ZERO, "cannot be reached");
    }
    return switch (request.method()) {
      case GET -> lease == null ? error(404) : ok(200, lease);
      case POST -> lease == null ? write(201, request) : error(409);
      case PUT -> {
        JsonNode sent = JSON.readTree(request.body()).path("metadata").path("resourceVersion");
        boolean fits = lease != null && sent.asString("").equals(Integer.toString(version));
        yield lease == null ? error(404) : fits ? write(200, request) : error(409);
      }
      case PATCH, DELETE -> error(405);
    };
  }

  private Reply write(int status, Request request) {
    version++;
    ObjectNode written = (ObjectNode) JSON.readTree(request.body());
    ObjectNode metadata = written.withObject("metadata");
    metadata.put("resourceVersion", Integer.toString(version));
    if (request.method() == Method.POST) {
      made++;
      metadata.put("uid", "lease-" + made);
    }
    lease = written;
    return ok(status, written);
  }

  private static Reply ok(int status, ObjectNode body) {
    return new Reply(status, body.deepCopy(), Duration.ZERO, "");
  }

  private static Reply error(int status) {
    return new Reply(status, JSON.createObjectNode(), Duration.ZERO, "answers " + status);
  }
}
