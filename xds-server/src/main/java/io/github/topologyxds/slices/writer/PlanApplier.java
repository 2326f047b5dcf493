package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.ObservedSlice;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.writer.ServiceWork.Expected;
import io.github.topologyxds.slices.writer.WriteApi.Reply;
import io.github.topologyxds.slices.writer.WriteApi.Request;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Writes what a plan says: first what is new, so that no endpoint is missing meanwhile. Ends at the
 * first write that does not succeed. Used by the thread "slice-writer" alone.
 */
final class PlanApplier {
  private static final Logger LOG = LoggerFactory.getLogger(PlanApplier.class);

  private static final Reply NOT_SENT =
      new Reply(0, MissingNode.getInstance(), Duration.ZERO, "was not asked");

  private final WriteApi api;
  private final Fence fence;
  private final SliceIndex slices;
  private final WriterMetrics metrics;

  PlanApplier(WriteApi api, Fence fence, SliceIndex slices, WriterMetrics metrics) {
    this.api = api;
    this.fence = fence;
    this.slices = slices;
    this.metrics = metrics;
  }

  /** How a plan, or one write of it, ended. */
  record Result(WriteOutcome outcome, Reply reply) {
    boolean done() {
      return outcome == WriteOutcome.DONE;
    }
  }

  private static final Result DONE = new Result(WriteOutcome.DONE, NOT_SENT);

  /** Writes; what was written is expected of the watch from then on. */
  Result apply(ServicePlan plan, int epoch, ServiceWork work) throws InterruptedException {
    for (ServicePlan.Content content : plan.create()) {
      Result result = write(WriteKind.CREATE, epoch, SliceRequests.create(content, epoch));
      if (!result.done()) {
        return result;
      }
      written(content.service().namespace(), result.reply(), work);
    }
    for (ServicePlan.Update update : plan.update()) {
      Result result = update(update, epoch);
      if (!result.done()) {
        return result;
      }
      written(update.slice().name().namespace(), result.reply(), work);
    }
    for (ObservedSlice.Identity slice : plan.delete()) {
      Result result = delete(slice, epoch);
      if (!result.done()) {
        return result;
      }
      work.expect(slice.name(), new Expected.Deleted(slice.uid()));
    }
    return DONE;
  }

  /** Label and owner first, and both of the very version that the request names. */
  private Result update(ServicePlan.Update update, int epoch) throws InterruptedException {
    ObservedSlice now = slices.find(update.slice().name()).orElse(null);
    ObservedSlice.Owner owner = now == null ? null : now.owner();
    boolean ours =
        now != null
            && slices.isOurs(now)
            && now.identity().equals(update.slice())
            && owner != null
            && owner.uid().equals(update.content().serviceUid());
    return now != null && ours
        ? overwrite(WriteKind.UPDATE, epoch, now, SliceRequests.update(update, epoch))
        : notSent(WriteKind.UPDATE, WriteOutcome.NOT_OURS);
  }

  private Result delete(ObservedSlice.Identity slice, int epoch) throws InterruptedException {
    ObservedSlice now = slices.find(slice.name()).orElse(null);
    return now != null && slices.isOurs(now) && now.identity().equals(slice)
        ? overwrite(WriteKind.DELETE, epoch, now, SliceRequests.delete(slice))
        : notSent(WriteKind.DELETE, WriteOutcome.NOT_OURS);
  }

  private Result overwrite(WriteKind kind, int epoch, ObservedSlice now, Request request)
      throws InterruptedException {
    if (SliceRequests.epochOf(now.annotations()) > epoch) {
      LOG.warn("EndpointSlice {} is of a later leader; it is left to that one", now.name());
      return notSent(kind, WriteOutcome.FENCED);
    }
    return write(kind, epoch, request);
  }

  private Result write(WriteKind kind, int epoch, Request request) throws InterruptedException {
    // Nothing may stand between this question and the request.
    if (!fence.epoch().equals(OptionalInt.of(epoch))) {
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
