package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.writer.ServiceWork.Expected;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Writes what a plan says: first what is new, so that no endpoint is missing meanwhile. Ends at the
 * first write that does not succeed, but for slices that say they are of a later leader: those
 * wait, and nothing is deleted before them. Used by the thread "slice-writer" alone.
 */
final class PlanApplier {
  private static final Logger LOG = LoggerFactory.getLogger(PlanApplier.class);

  private static final Reply NOT_SENT =
      new Reply(0, MissingNode.getInstance(), Duration.ZERO, "was not asked");

  private final WriteApi api;
  private final Fence fence;
  private final SliceIndex slices;
  private final WriterMetrics metrics;

  /** Slices that say they are of a later leader than us, and when they were first met. */
  private final Map<ObservedSlice.Identity, Long> doubted = new HashMap<>();

  PlanApplier(WriteApi api, Fence fence, SliceIndex slices, WriterMetrics metrics) {
    this.api = api;
    this.fence = fence;
    this.slices = slices;
    this.metrics = metrics;
  }

  /** A term begins. */
  void begin() {
    doubted.clear();
  }

  /** How a plan, or one write of it, ended. */
  record Result(WriteOutcome outcome, Reply reply) {
    boolean done() {
      return outcome == WriteOutcome.DONE;
    }

    boolean isHeld() {
      return outcome == WriteOutcome.OF_LATER_LEADER;
    }
  }

  private static final Result DONE = new Result(WriteOutcome.DONE, NOT_SENT);

  /** Writes; what was written is expected of the watch from then on. */
  Result apply(ServicePlan plan, Epoch epoch, ServiceWork work) throws InterruptedException {
    for (ServicePlan.Content content : plan.create()) {
      Result result = write(WriteKind.CREATE, epoch, SliceRequests.create(content, epoch));
      if (!result.done()) {
        return result;
      }
      written(content.service().namespace(), result.reply(), work);
    }
    Result held = DONE;
    for (ServicePlan.Update update : plan.update()) {
      Result result = update(update, epoch);
      if (result.isHeld()) {
        held = result;
      } else if (!result.done()) {
        return result;
      } else {
        written(update.slice().name().namespace(), result.reply(), work);
      }
    }
    return held.done() ? delete(plan, epoch, work) : held;
  }

  private Result delete(ServicePlan plan, Epoch epoch, ServiceWork work)
      throws InterruptedException {
    Result held = DONE;
    for (ObservedSlice.Identity slice : plan.delete()) {
      Result result = delete(slice, epoch);
      if (result.isHeld()) {
        held = result;
      } else if (!result.done()) {
        return result;
      } else {
        work.expect(slice.name(), new Expected.Deleted(slice.uid()));
      }
    }
    return held;
  }

  /** What was written and is gone again before the watch told of it, it will never tell of. */
  void look(ServiceWork work) throws InterruptedException {
    for (Map.Entry<ObjectName, Expected> entry : Map.copyOf(work.expected()).entrySet()) {
      if (entry.getValue() instanceof Expected.Written
          && api.send(SliceRequests.get(entry.getKey())).status() == 404) {
        work.seen(entry.getKey(), null);
      }
    }
  }

  /** Whose it is first, and of the very version that the request names. */
  private Result update(ServicePlan.Update update, Epoch epoch) throws InterruptedException {
    ObservedSlice now = slices.findOurs(update.slice().name()).orElse(null);
    ObservedSlice.Owner owner = now == null ? null : now.owner();
    boolean ours =
        now != null
            && now.identity().equals(update.slice())
            && owner != null
            && owner.uid().equals(update.content().serviceUid());
    return now != null && ours
        ? overwrite(WriteKind.UPDATE, epoch, now, SliceRequests.update(update, epoch))
        : notSent(WriteKind.UPDATE, WriteOutcome.NOT_OURS);
  }

  private Result delete(ObservedSlice.Identity slice, Epoch epoch) throws InterruptedException {
    ObservedSlice now = slices.findOurs(slice.name()).orElse(null);
    return now != null && now.identity().equals(slice)
        ? overwrite(WriteKind.DELETE, epoch, now, SliceRequests.delete(slice))
        : notSent(WriteKind.DELETE, WriteOutcome.NOT_OURS);
  }

  private Result overwrite(WriteKind kind, Epoch epoch, ObservedSlice now, Request request)
      throws InterruptedException {
    Optional<Epoch> later =
        SliceRequests.epochOf(now.annotations()).filter(e -> e.isLaterThan(epoch));
    if (later.isPresent() && !isLastLeaderSince(now, later.get())) {
      return notSent(kind, WriteOutcome.OF_LATER_LEADER);
    }
    Result result = write(kind, epoch, request);
    doubted.remove(now.identity());
    return result;
  }

  /**
   * A slice of a later leader is left to that one, until the Lease has been renewed since: then
   * there is none, and what the slice says was written by hand.
   */
  private boolean isLastLeaderSince(ObservedSlice slice, Epoch said) {
    Long since = doubted.get(slice.identity());
    if (since == null) {
      doubted.keySet().removeIf(other -> other.name().equals(slice.name()));
      doubted.put(slice.identity(), fence.clock().getAsLong());
      LOG.warn(
          "EndpointSlice {} says it was written by a later leader ({}): it waits until our Lease is"
              + " renewed",
          slice.name(),
          Finding.quote(said.toString()));
      return false;
    }
    return fence.renewedSince(since);
  }

  private Result write(WriteKind kind, Epoch epoch, Request request) throws InterruptedException {
    // Nothing may stand between this question and the request.
    if (!fence.epoch().equals(Optional.of(epoch))) {
      return notSent(kind, WriteOutcome.FENCED);
    }
    Reply reply = api.send(request);
    WriteOutcome outcome = WriteOutcome.of(reply);
    metrics.wrote(kind, outcome);
    return new Result(outcome, reply);
  }

  private Result notSent(WriteKind kind, WriteOutcome outcome) {
    metrics.wrote(kind, outcome);
    return new Result(outcome, NOT_SENT);
  }

  private void written(String namespace, Reply reply, ServiceWork work) {
    var metadata = reply.body().path("metadata");
    ObjectName name = new ObjectName(namespace, metadata.path("name").asString(""));
    ResourceVersion version = new ResourceVersion(metadata.path("resourceVersion").asString(""));
    boolean known =
        slices.find(name).map(ServiceWork::versionOf).filter(version::isAtMost).isPresent();
    // A PUT that changes nothing keeps the version, and no watch tells of it.
    if (!known) {
      work.expect(name, new Expected.Written(version));
    }
  }
}
