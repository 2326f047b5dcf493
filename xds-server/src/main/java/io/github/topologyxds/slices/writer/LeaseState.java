package io.github.topologyxds.slices.writer;

import io.github.topologyxds.state.ResourceVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code coordination.k8s.io/v1} Lease.
 *
 * @param holder "" when nobody holds it
 * @param object all of it, so that a write keeps what others put there
 */
record LeaseState(String holder, int transitions, ResourceVersion version, ObjectNode object) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The API's MicroTime: six digits, or it is refused. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  static LeaseState of(JsonNode lease) {
    JsonNode spec = lease.path("spec");
    return new LeaseState(
        spec.path("holderIdentity").asString(""),
        spec.path("leaseTransitions").asInt(0),
        new ResourceVersion(lease.path("metadata").path("resourceVersion").asString("")),
        lease instanceof ObjectNode object ? object : JSON.createObjectNode());
  }

  /** Returns a Lease that does not exist yet. */
  static LeaseState absent(LeaseName name) {
    ObjectNode lease = JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
    return of(lease);
  }

  /** Returns the JSON that makes it this holder's, or keeps it so; with the resourceVersion. */
  String heldBy(String identity, int epoch, Instant now) {
    ObjectNode written = object.deepCopy();
    ObjectNode spec = written.withObject("spec");
    spec.put("leaseDurationSeconds", (int) Fence.LEASE.toSeconds())
        .put("renewTime", MICRO_TIME.format(now))
        .put("leaseTransitions", epoch);
    if (!holder.equals(identity)) {
      spec.put("holderIdentity", identity).put("acquireTime", MICRO_TIME.format(now));
    }
    return JSON.writeValueAsString(written);
  }

  /** Returns the JSON that lets the next one in at once (as client-go's ReleaseOnCancel). */
  String released(Instant now) {
    ObjectNode written = object.deepCopy();
    written
        .withObject("spec")
        .put("holderIdentity", "")
        .put("leaseDurationSeconds", 1)
        .put("renewTime", MICRO_TIME.format(now));
    return JSON.writeValueAsString(written);
  }
}
