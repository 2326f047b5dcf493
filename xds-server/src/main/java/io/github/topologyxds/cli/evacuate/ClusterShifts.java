package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ZonalShift;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ZonalShifts of a cluster, written by whoever runs the command. */
final class ClusterShifts {
  private static final String PATH = "/apis/topology-xds.io/v1alpha1/zonalshifts";
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int MISSING = 404;

  private final WriteApi api;

  ClusterShifts(WriteApi api) {
    this.api = api;
  }

  /** Makes the shift, or gives the one of this name another time. */
  void put(ZonalShift shift) throws InterruptedException {
    Reply there = api.send(new Request(Method.GET, PATH + "/" + shift.name(), "", WITHIN));
    if (there.status() == MISSING) {
      done(send(Method.POST, PATH, ShiftDocument.json(shift)), "make ZonalShift " + shift.name());
      return;
    }
    ObjectNode object = object(done(there, "read ZonalShift " + shift.name()).body());
    String other = object.path("spec").path("awayFrom").asString("");
    if (!other.equals(shift.awayFrom())) {
      throw new CommandFailure(
          "ZonalShift %s is there already, and of \"%s\": delete it, if it is over"
              .formatted(shift.name(), Finding.quote(other)));
    }
    ShiftDocument.write(shift, object.withObject("spec"));
    done(send(Method.PUT, PATH + "/" + shift.name(), object), "change ZonalShift " + shift.name());
  }

  /** Ends all shifts of a zone that have not ended; returns their names. */
  List<String> end(String zone, Instant now) throws InterruptedException {
    Reply all = done(api.send(new Request(Method.GET, PATH, "", WITHIN)), "list ZonalShifts");
    List<String> ended = new ArrayList<>();
    for (JsonNode item : all.body().path("items")) {
      JsonNode spec = item.path("spec");
      Instant expireAt = Instant.parse(spec.path("expireAt").asString(""));
      if (spec.path("awayFrom").asString("").equals(zone) && now.isBefore(expireAt)) {
        ObjectNode object = object(item);
        String name = object.path("metadata").path("name").asString("");
        object.withObject("spec").put("expireAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
        done(send(Method.PUT, PATH + "/" + name, object), "change ZonalShift " + name);
        ended.add(name);
      }
    }
    return ended;
  }

  /** A list's items do not say what they are. */
  private static ObjectNode object(JsonNode read) {
    return ((ObjectNode) read.deepCopy())
        .put("apiVersion", "topology-xds.io/v1alpha1")
        .put("kind", "ZonalShift");
  }

  private Reply send(Method method, String path, ObjectNode body) throws InterruptedException {
    return api.send(new Request(method, path, body.toString(), WITHIN));
  }

  private static Reply done(Reply reply, String what) {
    if (reply.succeeded()) {
      return reply;
    }
    throw new CommandFailure(
        "cannot "
            + what
            + ": the API server "
            + reply.trouble()
            + (reply.status() == MISSING
                ? "; the kind ZonalShift comes with deploy/zonal-shift, or the chart's"
                    + " zonalShift.enabled"
                : ""));
  }
}
