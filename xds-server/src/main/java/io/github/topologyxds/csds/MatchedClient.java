package io.github.topologyxds.csds;

import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The streams of one {@code node.id}. A client has one, or one for each type; for a moment, one
 * that has come back has its old ones as well, and then the youngest counts.
 *
 * @param youngest of all its streams
 * @param byType the youngest stream that asks for a type; absent: none does
 */
record MatchedClient(ConnectedClient youngest, Map<ResourceType, ConnectedClient> byType) {
  MatchedClient {
    byType = new EnumMap<>(byType);
  }

  /** Returns the clients that these streams belong to, sorted by their ids. */
  static List<MatchedClient> of(List<ConnectedClient> streams) {
    SortedMap<String, List<ConnectedClient>> byId = new TreeMap<>();
    streams.forEach(
        stream -> byId.computeIfAbsent(stream.id(), i -> new ArrayList<>()).add(stream));
    return byId.values().stream().map(MatchedClient::joined).toList();
  }

  private static MatchedClient joined(List<ConnectedClient> streams) {
    streams.sort(Comparator.comparing(ConnectedClient::since));
    Map<ResourceType, ConnectedClient> byType = new EnumMap<>(ResourceType.class);
    for (ConnectedClient stream : streams) {
      for (ResourceType type : ResourceType.values()) {
        if (!(stream.type(type).state() instanceof SyncState.NotAsked)) {
          byType.put(type, stream);
        }
      }
    }
    return new MatchedClient(streams.getLast(), byType);
  }
}
