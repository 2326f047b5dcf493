package io.github.topologyxds.slices.lease;

import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code coordination.k8s.io/v1} Lease, as it was read or is to be written. Whatever stands in it
 * may have been written by hand.
 *
 * @param object all of it, so that a write keeps what others put there; nobody changes it
 */
public record LeaseObject(ObjectNode object) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The API's MicroTime: six digits, or it is refused. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Returns the Lease of an answer of the API server. */
  public static LeaseObject of(JsonNode lease) {
    return new LeaseObject(lease instanceof ObjectNode object ? object : JSON.createObjectNode());
  }

  /** Returns a Lease that does not exist yet. */
  public static LeaseObject absent(LeaseName name) {
    ObjectNode lease = JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
    return new LeaseObject(lease);
  }

  /**
   * Returns a name for a holder, unique to the process: one that is started again must not take its
   * own old Lease for its.
   */
  public static String newHolder() {
    String host = System.getenv().getOrDefault("HOSTNAME", "topology-xds");
    return host + "_" + UUID.randomUUID();
  }

  /** Returns who holds it; "" when nobody does. */
  public String holder() {
    return spec().path("holderIdentity").asString("");
  }

  /** Returns its version; {@link ResourceVersion#NONE} of one that does not exist. */
  public ResourceVersion version() {
    return new ResourceVersion(metadata().path("resourceVersion").asString(""));
  }

  /** Returns an annotation; "" without it. */
  public String annotation(String name) {
    return metadata().path("annotations").path(name).asString("");
  }

  /** Returns when its holder renewed it, by the holder's own clock; empty for no such time. */
  public Optional<Instant> renewed() {
    try {
      return Optional.of(Instant.parse(spec().path("renewTime").asString("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns its {@code metadata}; missing where it has none. */
  public JsonNode metadata() {
    return object.path("metadata");
  }

  /** Returns its {@code spec}; missing where it has none. */
  public JsonNode spec() {
    return object.path("spec");
  }

  /** Returns the same with another annotation. */
  public LeaseObject annotated(String name, String value) {
    ObjectNode changed = object.deepCopy();
    changed.withObject("metadata").withObject("annotations").put(name, value);
    return new LeaseObject(changed);
  }

  /** Returns the same held by somebody else; nobody: "". */
  public LeaseObject heldBy(String holder) {
    ObjectNode changed = object.deepCopy();
    changed.withObject("spec").put("holderIdentity", holder);
    return new LeaseObject(changed);
  }

  /** Returns the same with how often it has changed hands. */
  public LeaseObject handedOver(int transitions) {
    ObjectNode changed = object.deepCopy();
    changed.withObject("spec").put("leaseTransitions", transitions);
    return new LeaseObject(changed);
  }

  /** Returns the same acquired now. */
  public LeaseObject acquired(Instant now) {
    ObjectNode changed = object.deepCopy();
    changed.withObject("spec").put("acquireTime", MICRO_TIME.format(now));
    return new LeaseObject(changed);
  }

  /** Returns the same renewed now, for so long. */
  public LeaseObject renewed(Duration term, Instant now) {
    ObjectNode changed = object.deepCopy();
    changed
        .withObject("spec")
        .put("leaseDurationSeconds", (int) term.toSeconds())
        .put("renewTime", MICRO_TIME.format(now));
    return new LeaseObject(changed);
  }

  /** Returns it as the API takes it, with the version that it was read at. */
  public String json() {
    return JSON.writeValueAsString(object);
  }
}
