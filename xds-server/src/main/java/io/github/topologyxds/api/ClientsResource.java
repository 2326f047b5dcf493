package io.github.topologyxds.api;

import io.github.topologyxds.api.json.ClientJson;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;
import io.github.topologyxds.session.NodeSuggestion;
import io.github.topologyxds.session.status.ConnectedClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code clients}: who is connected, and how far each one has got. */
final class ClientsResource implements Resource {
  /** To look for what a name may mean costs a comparison with each Node. */
  private static final int MAX_SUGGESTIONS = 20;

  private static final Filter<ConnectedClient> FILTER =
      new Filter<ConnectedClient>()
          .by("id", ConnectedClient::id)
          .by("node", client -> client.place().nodeName())
          .by("zone", client -> client.place().zone())
          .by("zoneSource", ClientJson::zoneSource)
          .by("namespace", ConnectedClient::namespace)
          .by("protocol", ClientJson::protocol)
          .by("kind", ClientJson::kind)
          .by("state", client -> ClientJson.state(client.state()))
          .having("search", (client, text) -> client.id().contains(text))
          .other("sort");

  private final Clients clients;
  private final Supplier<Set<String>> nodeNames;

  ClientsResource(Clients clients, Supplier<Set<String>> nodeNames) {
    this.clients = clients;
    this.nodeNames = nodeNames;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<ConnectedClient> all = clients.all();
    Function<ConnectedClient, String> key = key(request.parameter("sort").orElse("id"));
    ClientJson json = new ClientJson();
    Map<String, Optional<String>> suggestions = new HashMap<>();
    ObjectNode page =
        Listing.of(FILTER.apply(request, all), key)
            .page(request, (client, to) -> json.write(client, meant(client, suggestions), to));
    page.put("connected", all.size());
    page.put("withoutZone", all.stream().filter(client -> client.place().zone().isEmpty()).count());
    Map<String, Integer> states = new TreeMap<>();
    ClientJson.STATES.forEach(state -> states.put(state, 0));
    all.forEach(client -> states.merge(ClientJson.state(client.state()), 1, Integer::sum));
    ObjectNode byState = page.putObject("states");
    states.forEach(byState::put);
    return page;
  }

  private static Function<ConnectedClient, String> key(String sort) {
    return switch (sort) {
      case "id" -> ClientsResource::key;
      case "worst" ->
          client -> ClientJson.STATES.indexOf(ClientJson.state(client.state())) + key(client);
      default ->
          throw new ApiFailure(
              ApiFailure.Kind.INVALID, "sort '" + sort + "' is neither id nor worst");
    };
  }

  /** Two streams of one client differ in the connection, in when they began, or in their types. */
  private static String key(ConnectedClient client) {
    StringBuilder key = new StringBuilder(client.id()).append(' ').append(client.peer());
    key.append(' ').append(client.since().toEpochMilli());
    client.types().keySet().forEach(type -> key.append(' ').append(type));
    return key.toString();
  }

  /** What a Node that nobody knows may mean. */
  private Optional<String> meant(
      ConnectedClient client, Map<String, Optional<String>> suggestions) {
    String node = client.place().nodeName();
    if (client.place().node() != NodeLookup.UNKNOWN
        || (!suggestions.containsKey(node) && suggestions.size() >= MAX_SUGGESTIONS)) {
      return Optional.empty();
    }
    return suggestions.computeIfAbsent(node, name -> NodeSuggestion.of(name, nodeNames.get()));
  }
}
