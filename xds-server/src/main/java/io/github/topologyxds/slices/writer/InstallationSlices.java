package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.lease.LeaseState;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an installation has written, to be deleted or handed over when it is no more: slices with
 * its managed-by label, its id and a Service as their owner, each exactly as it was found. Any one
 * of the three alone may be somebody else's.
 */
public final class InstallationSlices {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final String PAGE = "?limit=250&labelSelector=";

  private final WriteApi api;
  private final String managedBy;
  private final LeaseName lease;

  /** Nothing is asked yet. */
  public InstallationSlices(WriteApi api, String managedBy, LeaseName lease) {
    this.api = api;
    this.managedBy = managedBy;
    this.lease = lease;
  }

  /** Slices cannot be adopted or pruned; the message is one line for people. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * What became of a slice.
   *
   * @param service that its label names
   * @param result found, deleted, adopted, or why it is as it was
   * @param trouble why it could not be written; "" when it was, or was not meant to be
   */
  public record Outcome(
      ObjectName name, String service, int endpoints, String result, String trouble) {}

  private record Found(ObservedSlice.Identity identity, ObjectNode object) {
    Outcome outcome(String result, String trouble) {
      String service = object.at("/metadata/labels").path(LabelNames.SERVICE_NAME).asString("");
      int endpoints = object.path("endpoints").size();
      return new Outcome(identity.name(), service, endpoints, result, trouble);
    }
  }

  /** Returns what {@link #delete} would delete, or {@link #adopt} hand over. */
  public List<Outcome> find() throws RefusedException, InterruptedException {
    return all().stream().map(found -> found.outcome("found", "")).toList();
  }

  /**
   * Deletes them.
   *
   * @throws RefusedException when the API server does not tell what there is, or a server holds the
   *     Lease, which would write all of it again
   */
  public List<Outcome> delete() throws RefusedException, InterruptedException {
    requireNobodyWrites();
    List<Outcome> outcomes = new ArrayList<>();
    for (Found found : all()) {
      Reply reply = api.send(SliceRequests.delete(found.identity()));
      outcomes.add(
          reply.status() == 404 ? found.outcome("deleted", "") : outcome(found, reply, "deleted"));
    }
    return outcomes;
  }

  /**
   * Hands them over to another installation; nothing else of them changes.
   *
   * @throws RefusedException when the API server does not tell what there is, or a server holds the
   *     Lease of the installation that they are of
   */
  public List<Outcome> adopt(LeaseName by) throws RefusedException, InterruptedException {
    requireNobodyWrites();
    List<Outcome> outcomes = new ArrayList<>();
    for (Found found : all()) {
      Reply reply =
          api.send(SliceRequests.claim(found.identity(), found.object(), by.installation()));
      outcomes.add(outcome(found, reply, "adopted"));
    }
    return outcomes;
  }

  private static Outcome outcome(Found found, Reply reply, String done) {
    return reply.succeeded()
        ? found.outcome(done, "")
        : found.outcome("left: the API server " + reply.trouble(), reply.trouble());
  }

  private void requireNobodyWrites() throws RefusedException, InterruptedException {
    Reply reply = get(lease.path());
    if (reply.status() == 404) {
      return;
    }
    LeaseState held = LeaseState.of(asked(reply));
    if (held.isHeldAt(Instant.now())) {
      throw new RefusedException(
          "Lease "
              + lease.installation()
              + " is held by "
              + held.holder()
              + ", which would write the slices again: switch --manage-slices off there first");
    }
  }

  private List<Found> all() throws RefusedException, InterruptedException {
    List<Found> found = new ArrayList<>();
    String selector = encode(LabelNames.MANAGED_BY + "=" + managedBy);
    String next = "";
    do {
      String token = next.isEmpty() ? "" : "&continue=" + encode(next);
      JsonNode page = asked(get(SliceRequests.everything() + PAGE + selector + token));
      for (JsonNode slice : page.path("items")) {
        if (slice instanceof ObjectNode object && isOfInstallation(slice.path("metadata"))) {
          found.add(new Found(identity(slice.path("metadata")), object));
        }
      }
      next = page.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    return found;
  }

  private boolean isOfInstallation(JsonNode metadata) {
    boolean owned = false;
    for (JsonNode owner : metadata.path("ownerReferences")) {
      owned |= is(owner, "kind", "Service") && is(owner, "apiVersion", "v1");
    }
    return owned
        && is(metadata.path("labels"), LabelNames.MANAGED_BY, managedBy)
        && is(metadata.path("annotations"), AnnotationNames.INSTALLATION, lease.installation());
  }

  private static boolean is(JsonNode texts, String key, String value) {
    return texts.path(key).asString("").equals(value);
  }

  private static ObservedSlice.Identity identity(JsonNode metadata) {
    return new ObservedSlice.Identity(
        new ObjectName(metadata.path("namespace").asString(""), metadata.path("name").asString("")),
        metadata.path("uid").asString(""),
        metadata.path("resourceVersion").asString(""));
  }

  private Reply get(String path) throws InterruptedException {
    return api.send(new Request(Method.GET, path, "", ANSWER_WITHIN));
  }

  private static JsonNode asked(Reply reply) throws RefusedException {
    if (!reply.succeeded()) {
      throw new RefusedException("the API server " + reply.trouble());
    }
    return reply.body();
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
