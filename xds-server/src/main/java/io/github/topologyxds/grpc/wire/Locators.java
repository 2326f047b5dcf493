package io.github.topologyxds.grpc.wire;

import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The other way to name resources. No resource of ours depends on parameters, so the one of that
 * name is meant whatever they are.
 */
public final class Locators {
  private Locators() {}

  /** Returns the names, and those of the locators. */
  public static List<String> and(List<String> names, List<ResourceLocator> locators) {
    return locators.isEmpty()
        ? names
        : Stream.concat(names.stream(), locators.stream().map(ResourceLocator::getName)).toList();
  }
}
