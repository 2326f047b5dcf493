package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.ContentVersion;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;

/**
 * One response, before the transport gives it a nonce.
 *
 * @param resources in the order of their names
 * @param removed names that do not exist (any more); always empty in state-of-the-world
 */
public record Push(ResourceType type, List<XdsResource> resources, List<String> removed) {
  public Push {
    resources = List.copyOf(resources);
    removed = List.copyOf(removed);
  }

  /** Returns the version of the response as a whole. */
  public String version() {
    return ContentVersion.of(resources);
  }
}
