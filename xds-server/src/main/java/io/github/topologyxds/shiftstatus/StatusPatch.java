package io.github.topologyxds.shiftstatus;

import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.shifts.ShiftCondition;
import io.github.topologyxds.shifts.ShiftStatus;
import io.github.topologyxds.shifts.ShiftStatuses.Change;
import io.github.topologyxds.slices.lease.Fence;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request that writes a status: a merge patch of the subresource, which takes the right to
 * {@code patch} alone. It names the object's uid, so that it fails for another one of that name,
 * and no version: whoever changes the spec meanwhile is not in its way.
 */
final class StatusPatch {
  /** In {@code managedFields}. */
  private static final String MANAGER = "topology-xds";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StatusPatch() {}

  static Request of(Change change) {
    ObjectKind kind = ObjectKind.ZONAL_SHIFT;
    String path =
        kind.groupPath()
            + "/"
            + kind.plural()
            + "/"
            + change.shift().name()
            + "/status?fieldManager="
            + MANAGER;
    return new Request(Method.PATCH, path, body(change), Fence.REQUEST_TIMEOUT);
  }

  private static String body(Change change) {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("uid", change.shift().record().uid());
    ShiftStatus status = change.status();
    ObjectNode written = patch.putObject("status");
    written.put("phase", status.phase()).put("observedGeneration", status.observedGeneration());
    ArrayNode conditions = written.putArray("conditions");
    for (ShiftCondition condition : status.conditions()) {
      conditions
          .addObject()
          .put("type", condition.type())
          .put("status", condition.status())
          .put("observedGeneration", status.observedGeneration())
          .put("lastTransitionTime", condition.lastTransitionTime())
          .put("reason", condition.reason())
          .put("message", condition.message());
    }
    return JSON.writeValueAsString(patch);
  }
}
