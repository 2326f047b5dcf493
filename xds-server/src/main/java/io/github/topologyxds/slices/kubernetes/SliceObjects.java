package io.github.topologyxds.slices.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointHintsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.ForNode;
import io.fabric8.kubernetes.api.model.discovery.v1.ForZone;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import org.jspecify.annotations.Nullable;

/** What a plan wants written, as fabric8's objects. */
public final class SliceObjects {
  private SliceObjects() {}

  /** Returns the slice to POST: the API server completes its name. */
  public static EndpointSlice created(ServicePlan.Content content) {
    ObjectMeta metadata = metadata(content).withGenerateName(prefix(content)).build();
    return slice(content, metadata);
  }

  /** Returns the slice to PUT; its resourceVersion makes a stale write fail with 409. */
  public static EndpointSlice updated(ServicePlan.Update update) {
    ObservedSlice.Identity identity = update.slice();
    ObjectMeta metadata =
        metadata(update.content())
            .withName(identity.name().name())
            .withUid(absentIfEmpty(identity.uid()))
            .withResourceVersion(absentIfEmpty(identity.resourceVersion()))
            .build();
    return slice(update.content(), metadata);
  }

  private static EndpointSlice slice(ServicePlan.Content content, ObjectMeta metadata) {
    return new EndpointSliceBuilder()
        .withMetadata(metadata)
        .withAddressType(content.family().label())
        .withPorts(content.ports().stream().map(SliceObjects::port).toList())
        .withEndpoints(content.endpoints().stream().map(SliceObjects::endpoint).toList())
        .build();
  }

  private static ObjectMetaBuilder metadata(ServicePlan.Content content) {
    return new ObjectMetaBuilder()
        .withNamespace(content.service().namespace())
        .withLabels(content.labels())
        .withAnnotations(content.annotations())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Service")
                .withName(content.service().name())
                .withUid(content.serviceUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build());
  }

  /** A Service's name leaves room: the API server cuts a prefix at 58 characters. */
  private static String prefix(ServicePlan.Content content) {
    return content.service().name() + "-";
  }

  private static EndpointPort port(PublishedPort port) {
    return new EndpointPortBuilder()
        .withName(port.name())
        .withPort(port.number())
        .withProtocol(port.protocol().name())
        .withAppProtocol(absentIfEmpty(port.appProtocol()))
        .build();
  }

  private static Endpoint endpoint(PublishedEndpoint endpoint) {
    EndpointBuilder builder =
        new EndpointBuilder()
            .withAddresses(endpoint.addresses())
            .withNewConditions()
            .withReady(endpoint.conditions().ready())
            .withServing(endpoint.conditions().serving())
            .withTerminating(endpoint.conditions().terminating())
            .endConditions()
            .withHostname(absentIfEmpty(endpoint.place().hostname()))
            .withNodeName(absentIfEmpty(endpoint.place().nodeName()))
            .withZone(absentIfEmpty(endpoint.place().zone()));
    if (!endpoint.target().equals(TargetRef.NONE)) {
      builder.withTargetRef(
          new ObjectReferenceBuilder()
              .withKind(absentIfEmpty(endpoint.target().kind()))
              .withNamespace(absentIfEmpty(endpoint.target().namespace()))
              .withName(absentIfEmpty(endpoint.target().name()))
              .withUid(absentIfEmpty(endpoint.target().uid()))
              .build());
    }
    if (!endpoint.hints().isEmpty()) {
      builder.withHints(
          new EndpointHintsBuilder()
              .withForZones(endpoint.hints().zones().stream().map(ForZone::new).toList())
              .withForNodes(endpoint.hints().nodes().stream().map(ForNode::new).toList())
              .build());
    }
    return builder.build();
  }

  private static @Nullable String absentIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
