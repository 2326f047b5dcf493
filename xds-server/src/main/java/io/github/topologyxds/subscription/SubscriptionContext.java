package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;

/**
 * What a subscription is to, and what it has to do with others.
 *
 * @param resources as its client sees them
 * @param shared with the other streams of its thread
 */
public record SubscriptionContext(
    ResourceType type, XdsProtocol protocol, ClientResources resources, SharedIndex shared) {
  /** Returns whether a response must hold all that the client wants. */
  boolean isFullState() {
    return type.isFullState(protocol);
  }
}
