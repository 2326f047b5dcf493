package io.github.topologyxds.api;

import io.github.topologyxds.resources.ClientPlace;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.xds.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A connected client as JSON; the names are the API's, and stable. */
final class ClientJson {
  /** All states, the one that needs somebody most first. */
  static final List<String> STATES = List.of("refused", "waiting", "notAsked", "synced");

  private ClientJson() {}

  static ObjectNode of(ConnectedClient client) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", client.id());
    json.put("node", client.place().nodeName());
    json.put("nodeKnown", client.place().node() == ClientPlace.NodeLookup.KNOWN);
    json.put("zone", client.place().zone());
    json.put("zoneSource", zoneSource(client));
    json.put("namespace", client.namespace());
    json.put("protocol", protocol(client));
    json.put("kind", kind(client));
    json.put("userAgent", client.agent().name());
    json.put("userAgentVersion", client.agent().version());
    json.put("peer", client.peer());
    json.put("since", client.since().toString());
    json.put("state", state(client.state()));
    putDetails(json, client.state());
    ObjectNode types = json.putObject("types");
    for (ResourceType type : ResourceType.values()) {
      types.set(type.label(), type(client.type(type)));
    }
    return json;
  }

  static String zoneSource(ConnectedClient client) {
    return client.place().origin().name();
  }

  static String protocol(ConnectedClient client) {
    return switch (client.protocol()) {
      case DELTA -> "delta";
      case STATE_OF_THE_WORLD -> "sotw";
    };
  }

  /** Envoy names itself so; gRPC's libraries begin all with that word (gRFC A27). */
  static String kind(ConnectedClient client) {
    String agent = client.agent().name();
    if (agent.equals("envoy")) {
      return "envoy";
    }
    return agent.startsWith("gRPC") ? "grpc" : "other";
  }

  static String state(SyncState state) {
    return switch (state) {
      case SyncState.NotAsked n -> "notAsked";
      case SyncState.Synced s -> "synced";
      case SyncState.Waiting w -> "waiting";
      case SyncState.Refused r -> "refused";
    };
  }

  private static void putDetails(ObjectNode json, SyncState state) {
    switch (state) {
      case SyncState.Waiting(var since, var reason) -> {
        json.put("stateSince", since.toString());
        json.put(
            "waitsFor",
            switch (reason) {
              case ANSWER -> "answer";
              case SENDING -> "sending";
            });
      }
      case SyncState.Refused(var since) -> json.put("stateSince", since.toString());
      case SyncState.NotAsked n -> {}
      case SyncState.Synced s -> {}
    }
  }

  private static ObjectNode type(TypeStatus type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", state(type.state()));
    putDetails(json, type.state());
    json.put("names", type.names());
    json.put("wildcard", type.wildcard());
    putResponse(json, "sent", type.sent());
    putResponse(json, "accepted", type.accepted());
    TypeStatus.Refusal refusal = type.refusal();
    if (refusal != null) {
      ObjectNode told = json.putObject("refused");
      told.put("version", refusal.version());
      told.put("time", refusal.time().toString());
      told.put("error", refusal.error());
    }
    var quarantined = json.putArray("quarantined");
    type.quarantined().forEach(quarantined::add);
    return json;
  }

  private static void putResponse(
      ObjectNode json, String name, TypeStatus.@Nullable Response response) {
    if (response != null) {
      ObjectNode told = json.putObject(name);
      told.put("version", response.version());
      told.put("time", response.time().toString());
    }
  }
}
