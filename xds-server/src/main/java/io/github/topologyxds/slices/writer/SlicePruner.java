package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.ObservedSlice;
import io.github.topologyxds.slices.SliceMetadata;
import io.github.topologyxds.slices.writer.WriteApi.Method;
import io.github.topologyxds.slices.writer.WriteApi.Reply;
import io.github.topologyxds.slices.writer.WriteApi.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Deletes what an installation has written, when the feature is switched off: slices with its
 * managed-by label and its id, each exactly as it was found.
 */
public final class SlicePruner {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final String PAGE = "?limit=250&labelSelector=";

  private final WriteApi api;
  private final String managedBy;
  private final LeaseName lease;

  /** Nothing is asked yet. */
  public SlicePruner(WriteApi api, String managedBy, LeaseName lease) {
    this.api = api;
    this.managedBy = managedBy;
    this.lease = lease;
  }

  /** It cannot be done; the message is one line for people. */
  public static final class PruneException extends Exception {
    private static final long serialVersionUID = 1L;

    PruneException(String message) {
      super(message);
    }
  }

  /**
   * A slice of ours.
   *
   * @param service that its label names
   * @param result found, deleted, or why it is still there
   * @param trouble why it could not be deleted; "" when it was, or was not meant to be
   */
  public record Pruned(
      ObjectName name, String service, int endpoints, String result, String trouble) {}

  private record Found(ObservedSlice.Identity identity, Pruned shown) {}

  /** Returns what {@link #prune} would delete. */
  public List<Pruned> find() throws PruneException, InterruptedException {
    return ours().stream().map(Found::shown).toList();
  }

  /**
   * Deletes.
   *
   * @throws PruneException when the API server does not tell what there is, or a server holds the
   *     Lease, which would write all of it again
   */
  public List<Pruned> prune() throws PruneException, InterruptedException {
    requireNobodyWrites();
    List<Pruned> pruned = new ArrayList<>();
    for (Found found : ours()) {
      Reply reply = api.send(SliceRequests.delete(found.identity()));
      Pruned shown = found.shown();
      String trouble = reply.succeeded() || reply.status() == 404 ? "" : reply.trouble();
      String result = trouble.isEmpty() ? "deleted" : "left: the API server " + trouble;
      pruned.add(new Pruned(shown.name(), shown.service(), shown.endpoints(), result, trouble));
    }
    return pruned;
  }

  private void requireNobodyWrites() throws PruneException, InterruptedException {
    Reply reply = get(lease.path());
    if (reply.status() == 404) {
      return;
    }
    JsonNode spec = asked(reply).path("spec");
    String holder = spec.path("holderIdentity").asString("");
    if (!holder.isEmpty() && isRecent(spec.path("renewTime").asString(""))) {
      throw new PruneException(
          "Lease "
              + lease.installation()
              + " is held by "
              + holder
              + ", which would write the slices again: switch --manage-slices off first");
    }
  }

  private static boolean isRecent(String renewTime) {
    try {
      return Instant.parse(renewTime).plus(Fence.LEASE).isAfter(Instant.now());
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private List<Found> ours() throws PruneException, InterruptedException {
    List<Found> found = new ArrayList<>();
    String selector = encode(SliceMetadata.MANAGED_BY_LABEL + "=" + managedBy);
    String next = "";
    do {
      String token = next.isEmpty() ? "" : "&continue=" + encode(next);
      JsonNode page = asked(get(SliceRequests.everything() + PAGE + selector + token));
      for (JsonNode slice : page.path("items")) {
        JsonNode metadata = slice.path("metadata");
        if (is(metadata.path("labels"), SliceMetadata.MANAGED_BY_LABEL, managedBy)
            && is(
                metadata.path("annotations"),
                SliceMetadata.INSTALLATION_ANNOTATION,
                lease.installation())) {
          found.add(found(metadata, slice.path("endpoints").size()));
        }
      }
      next = page.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    return found;
  }

  private static boolean is(JsonNode texts, String key, String value) {
    return texts.path(key).asString("").equals(value);
  }

  private static Found found(JsonNode metadata, int endpoints) {
    ObjectName name =
        new ObjectName(metadata.path("namespace").asString(""), metadata.path("name").asString(""));
    String service = metadata.path("labels").path(SliceMetadata.SERVICE_LABEL).asString("");
    return new Found(
        new ObservedSlice.Identity(
            name, metadata.path("uid").asString(""), metadata.path("resourceVersion").asString("")),
        new Pruned(name, service, endpoints, "found", ""));
  }

  private Reply get(String path) throws InterruptedException {
    return api.send(new Request(Method.GET, path, "", ANSWER_WITHIN));
  }

  private static JsonNode asked(Reply reply) throws PruneException {
    if (!reply.succeeded()) {
      throw new PruneException("the API server " + reply.trouble());
    }
    return reply.body();
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
