package io.github.topologyxds.grpc.library;

import io.envoyproxy.controlplane.cache.ConfigWatcher;
import io.envoyproxy.controlplane.cache.DeltaResponse;
import io.envoyproxy.controlplane.cache.DeltaWatch;
import io.envoyproxy.controlplane.cache.DeltaXdsRequest;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.XdsRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives the library's response sinks to the stream, and answers nothing itself. What the library
 * believes the client to know is not read: it is wrong after a NACK, a removal or a reconnect.
 */
final class SinkWatcher implements ConfigWatcher {
  @Override
  public Watch createWatch(
      boolean ads,
      XdsRequest request,
      Set<String> knownResourceNames,
      Consumer<Response> responseConsumer,
      boolean hasClusterChanged,
      boolean allowDefaultEmptyEdsUpdate) {
    Watch watch = new Watch(ads, allowDefaultEmptyEdsUpdate, request, responseConsumer);
    ResourceType.of(request.getTypeUrl())
        .ifPresent(type -> LibraryStream.current().attach(type, watch));
    return watch;
  }

  @Override
  public DeltaWatch createDeltaWatch(
      DeltaXdsRequest request,
      String requesterVersion,
      Map<String, String> resourceVersions,
      Set<String> pendingResources,
      boolean isWildcard,
      Consumer<DeltaResponse> responseConsumer,
      boolean hasClusterChanged) {
    DeltaWatch watch =
        new DeltaWatch(request, Map.of(), Set.of(), requesterVersion, isWildcard, responseConsumer);
    ResourceType.of(request.getTypeUrl())
        .ifPresent(type -> LibraryStream.current().attach(type, watch));
    return watch;
  }
}
