package io.github.topologyxds.slices.lease;

import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code coordination.k8s.io/v1} Lease. Whatever stands in it may have been written by hand.
 *
 * @param holder "" when nobody holds it
 * @param epoch 0 transitions when it says nonsense
 * @param object all of it, so that a write keeps what others put there
 */
public record LeaseState(String holder, Epoch epoch, ResourceVersion version, ObjectNode object) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The API's MicroTime: six digits, or it is refused. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Reads what the API server answered. */
  public static LeaseState of(JsonNode lease) {
    JsonNode metadata = lease.path("metadata");
    JsonNode spec = lease.path("spec");
    return new LeaseState(
        spec.path("holderIdentity").asString(""),
        new Epoch(
            metadata.path("uid").asString(""), Math.max(0, spec.path("leaseTransitions").asInt(0))),
        new ResourceVersion(metadata.path("resourceVersion").asString("")),
        lease instanceof ObjectNode object ? object : JSON.createObjectNode());
  }

  /** Returns a Lease that does not exist yet. */
  public static LeaseState absent(LeaseName name) {
    ObjectNode lease = JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
    return of(lease);
  }

  /**
   * Whether it is an installation's of ours: it says so, or nobody has ever held it. Any other is a
   * lock of somebody else's, who would lose it to us (kube-scheduler's, a node's).
   */
  public boolean isOf(LeaseName name) {
    JsonNode spec = object.path("spec");
    boolean neverHeld =
        holder.isEmpty()
            && !spec.hasNonNull("acquireTime")
            && !spec.hasNonNull("renewTime")
            && !spec.hasNonNull("leaseTransitions");
    JsonNode said = object.path("metadata").path("annotations").path(AnnotationNames.INSTALLATION);
    return neverHeld || said.asString("").equals(name.installation());
  }

  /** Returns whether somebody holds it: has renewed it, by his own clock, within its term. */
  public boolean isHeldAt(Instant now) {
    try {
      String renewed = object.path("spec").path("renewTime").asString("");
      return !holder.isEmpty() && Instant.parse(renewed).plus(Fence.LEASE).isAfter(now);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Returns the JSON that keeps it this holder's; with the resourceVersion. */
  public String renewed(LeaseName name, Instant now) {
    ObjectNode written = marked(name);
    written
        .withObject("spec")
        .put("leaseDurationSeconds", (int) Fence.LEASE.toSeconds())
        .put("leaseTransitions", epoch.transitions())
        .put("renewTime", MICRO_TIME.format(now));
    return JSON.writeValueAsString(written);
  }

  /** Returns the JSON that makes it this holder's: its next term, as far as numbers go. */
  public String takenBy(String identity, LeaseName name, Instant now) {
    ObjectNode written = marked(name);
    written
        .withObject("spec")
        .put("holderIdentity", identity)
        .put("leaseDurationSeconds", (int) Fence.LEASE.toSeconds())
        .put("leaseTransitions", (int) Math.min(Integer.MAX_VALUE, epoch.transitions() + 1L))
        .put("acquireTime", MICRO_TIME.format(now))
        .put("renewTime", MICRO_TIME.format(now));
    return JSON.writeValueAsString(written);
  }

  private ObjectNode marked(LeaseName name) {
    ObjectNode written = object.deepCopy();
    written
        .withObject("metadata")
        .withObject("annotations")
        .put(AnnotationNames.INSTALLATION, name.installation());
    return written;
  }

  /** Returns the JSON that lets the next one in at once (as client-go's ReleaseOnCancel). */
  public String released(Instant now) {
    ObjectNode written = object.deepCopy();
    written
        .withObject("spec")
        .put("holderIdentity", "")
        .put("leaseDurationSeconds", 1)
        .put("renewTime", MICRO_TIME.format(now));
    return JSON.writeValueAsString(written);
  }
}
