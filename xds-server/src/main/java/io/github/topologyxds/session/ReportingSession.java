package io.github.topologyxds.session;

import io.github.topologyxds.load.ReportingClient;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.ResourceType;
import java.util.Map;

/**
 * A discovery stream as its client's load reports are held against it. Owner: the stream's thread.
 *
 * @param subscriptions the stream's, as they are at any time
 */
record ReportingSession(ClientResources resources, Map<ResourceType, Subscription> subscriptions)
    implements ReportingClient {
  @Override
  public String zone() {
    return resources.nodeZone();
  }

  @Override
  public boolean subscribes(String assignment) {
    Subscription endpoints = subscriptions.get(ResourceType.ENDPOINT);
    return endpoints != null && endpoints.subscribes(assignment);
  }
}
