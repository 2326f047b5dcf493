package io.github.topologyxds.slices.writer;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.kubernetes.SliceObjects;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests that write slices. Each names exactly the object, and the state of it, that it is
 * meant for: a PUT without resourceVersion overwrites silently, a label that was taken over too.
 */
final class SliceRequests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GROUP = "/apis/discovery.k8s.io/v1";

  private SliceRequests() {}

  static Request create(ServicePlan.Content content, Epoch epoch) {
    EndpointSlice slice = SliceObjects.created(content);
    return new Request(
        Method.POST,
        collection(content.service().namespace()),
        json(slice, epoch),
        Fence.REQUEST_TIMEOUT);
  }

  static Request update(ServicePlan.Update update, Epoch epoch) {
    requireExact(update.slice());
    EndpointSlice slice = SliceObjects.updated(update);
    return new Request(
        Method.PUT, path(update.slice().name()), json(slice, epoch), Fence.REQUEST_TIMEOUT);
  }

  static Request delete(ObservedSlice.Identity slice) {
    requireExact(slice);
    ObjectNode options = JSON.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options
        .putObject("preconditions")
        .put("uid", slice.uid())
        .put("resourceVersion", slice.resourceVersion());
    return new Request(
        Method.DELETE, path(slice.name()), JSON.writeValueAsString(options), Fence.REQUEST_TIMEOUT);
  }

  /** The same slice with another installation's id, and everything else as it was read. */
  static Request claim(ObservedSlice.Identity slice, ObjectNode object, String installation) {
    requireExact(slice);
    ObjectNode claimed = object.deepCopy();
    claimed.put("apiVersion", ObjectKind.SLICE.apiVersion()).put("kind", ObjectKind.SLICE.label());
    claimed
        .withObject("metadata")
        .withObject("annotations")
        .put(AnnotationNames.INSTALLATION, installation);
    return new Request(
        Method.PUT, path(slice.name()), JSON.writeValueAsString(claimed), Fence.REQUEST_TIMEOUT);
  }

  static Request get(ObjectName slice) {
    return new Request(Method.GET, path(slice), "", Fence.REQUEST_TIMEOUT);
  }

  /** Returns the epoch that a slice was written under; empty when it says none. */
  static Optional<Epoch> epochOf(Map<String, String> annotations) {
    return Epoch.parse(annotations.getOrDefault(AnnotationNames.LEADER_EPOCH, ""));
  }

  private static String json(EndpointSlice slice, Epoch epoch) {
    Map<String, String> annotations = new TreeMap<>(slice.getMetadata().getAnnotations());
    annotations.put(AnnotationNames.LEADER_EPOCH, epoch.toString());
    slice.getMetadata().setAnnotations(annotations);
    return JSON.writeValueAsString(slice);
  }

  private static void requireExact(ObservedSlice.Identity slice) {
    if (slice.uid().isEmpty() || slice.resourceVersion().isEmpty()) {
      throw new IllegalArgumentException("a write without preconditions: " + slice.name());
    }
  }

  static String everything() {
    return GROUP + "/endpointslices";
  }

  private static String collection(String namespace) {
    return GROUP + "/namespaces/" + namespace + "/endpointslices";
  }

  private static String path(ObjectName slice) {
    return collection(slice.namespace()) + "/" + slice.name();
  }
}
