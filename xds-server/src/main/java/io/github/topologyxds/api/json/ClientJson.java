package io.github.topologyxds.api.json;

import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Connected clients as JSON; the names are the API's, and stable. For one thread. */
public final class ClientJson {
  /** All states, the one that needs somebody most first. */
  public static final List<String> STATES = List.of("refused", "waiting", "notAsked", "synced");

  private final TimeText times = new TimeText();

  /**
   * Writes a client as an object.
   *
   * @param nodeSuggestion what its Node's name may mean, where nobody knows it
   */
  public void write(ConnectedClient client, Optional<String> nodeSuggestion, JsonGenerator to) {
    to.writeStartObject();
    to.writeStringProperty("id", client.id());
    to.writeStringProperty("node", client.place().nodeName());
    to.writeBooleanProperty("nodeKnown", client.place().node() == ClientPlace.NodeLookup.KNOWN);
    nodeSuggestion.ifPresent(meant -> to.writeStringProperty("nodeSuggestion", meant));
    to.writeStringProperty("zone", client.place().zone());
    to.writeStringProperty("zoneSource", zoneSource(client));
    to.writeStringProperty("namespace", client.namespace());
    to.writeStringProperty("identity", client.identity().isPresent() ? "verified" : "claimed");
    client
        .identity()
        .ifPresent(who -> to.writeStringProperty("serviceAccount", who.serviceAccount()));
    to.writeStringProperty("protocol", protocol(client));
    to.writeStringProperty("kind", kind(client));
    to.writeStringProperty("userAgent", client.agent().name());
    to.writeStringProperty("userAgentVersion", client.agent().version());
    to.writeStringProperty("peer", client.peer());
    to.writeStringProperty("since", times.of(client.since()));
    to.writeStringProperty("state", state(client.state()));
    writeDetails(client.state(), to);
    to.writeObjectPropertyStart("types");
    for (ResourceType type : ResourceType.values()) {
      to.writeObjectPropertyStart(type.label());
      write(client.type(type), to);
      to.writeEndObject();
    }
    to.writeEndObject();
    to.writeEndObject();
  }

  /** Returns whence the zone is known, as one word. */
  public static String zoneSource(ConnectedClient client) {
    return client.place().origin().name();
  }

  /** Returns the variant of the protocol, as one word. */
  public static String protocol(ConnectedClient client) {
    return switch (client.protocol()) {
      case DELTA -> "delta";
      case STATE_OF_THE_WORLD -> "sotw";
    };
  }

  /** Envoy names itself so; gRPC's libraries begin all with that word (gRFC A27). */
  public static String kind(ConnectedClient client) {
    String agent = client.agent().name();
    if (agent.equals("envoy")) {
      return "envoy";
    }
    return agent.startsWith("gRPC") ? "grpc" : "other";
  }

  /** Returns a state as one word: one of {@link #STATES}. */
  public static String state(SyncState state) {
    return switch (state) {
      case SyncState.NotAsked n -> "notAsked";
      case SyncState.Synced s -> "synced";
      case SyncState.Waiting w -> "waiting";
      case SyncState.Refused r -> "refused";
    };
  }

  private void writeDetails(SyncState state, JsonGenerator to) {
    switch (state) {
      case SyncState.Waiting(var since, var reason) -> {
        to.writeStringProperty("stateSince", times.of(since));
        to.writeStringProperty(
            "waitsFor",
            switch (reason) {
              case ANSWER -> "answer";
              case SENDING -> "sending";
            });
      }
      case SyncState.Refused(var since) -> to.writeStringProperty("stateSince", times.of(since));
      case SyncState.NotAsked n -> {}
      case SyncState.Synced s -> {}
    }
  }

  private void write(TypeStatus type, JsonGenerator to) {
    to.writeStringProperty("state", state(type.state()));
    writeDetails(type.state(), to);
    to.writeNumberProperty("names", type.names());
    to.writeBooleanProperty("wildcard", type.wildcard());
    write("sent", type.sent(), to);
    write("accepted", type.accepted(), to);
    TypeStatus.LastNack nack = type.lastNack();
    if (nack != null) {
      to.writeObjectPropertyStart("refused");
      to.writeStringProperty("version", nack.version());
      to.writeStringProperty("time", times.of(nack.time()));
      to.writeStringProperty("error", nack.error());
      to.writeEndObject();
    }
    to.writeArrayPropertyStart("quarantined");
    type.quarantined().forEach(to::writeString);
    to.writeEndArray();
  }

  private void write(String name, TypeStatus.@Nullable Response response, JsonGenerator to) {
    if (response != null) {
      to.writeObjectPropertyStart(name);
      to.writeStringProperty("version", response.version());
      to.writeStringProperty("time", times.of(response.time()));
      to.writeEndObject();
    }
  }
}
