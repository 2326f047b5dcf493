package io.github.topologyxds.session;

import io.github.topologyxds.load.ReportingClient;
import io.github.topologyxds.subscription.HeldResources;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which streams belong to one client: its discovery stream (or one for each type), and the stream
 * of its load reports, which says nothing of subscriptions. All of an Envoy's go over one
 * connection, so nobody can report in the name of another.
 *
 * <p>Owner: the group's thread.
 */
public final class ClientStreams {
  private final Map<Client, Streams> clients = new HashMap<>();

  /**
   * A client of a connection.
   *
   * @param peer the client's end of it
   * @param id {@code node.id}: a proxy may carry the streams of many over one connection
   */
  public record Client(String peer, String id) {}

  /** A stream of load reports, which hears of the client's discovery streams. */
  public interface Reporter {
    /** The client has accepted clusters, some of which may be new. */
    void hasNewClusters();

    /** The client's last discovery stream is over. */
    void hasLeft();
  }

  private static final class Streams implements ReportingClient {
    private final List<ClientSession> sessions = new ArrayList<>(1);
    private @Nullable Reporter reporter;

    @Override
    public String zone() {
      return sessions.isEmpty() ? "" : sessions.getFirst().view().zone();
    }

    @Override
    public boolean subscribes(String assignment) {
      for (ClientSession session : sessions) {
        if (session.view().subscribes(assignment)) {
          return true;
        }
      }
      return false;
    }

    private boolean hasAskedForEndpoints() {
      return sessions.stream().anyMatch(session -> session.view().hasAskedForEndpoints());
    }
  }

  private Streams of(Client client) {
    return clients.computeIfAbsent(client, c -> new Streams());
  }

  void opened(ClientSession session) {
    of(session.client()).sessions.add(session);
  }

  void closed(ClientSession session) {
    Streams streams = of(session.client());
    streams.sessions.remove(session);
    forgetIfGone(session.client(), streams);
    if (streams.sessions.isEmpty() && streams.reporter != null) {
      streams.reporter.hasLeft();
    }
  }

  /** The client has accepted clusters. */
  void hasNewClusters(Client client) {
    Streams streams = clients.get(client);
    if (streams != null && streams.reporter != null) {
      streams.reporter.hasNewClusters();
    }
  }

  /** Begins a client's stream of load reports; false if it has another one. */
  public boolean report(Client client, Reporter reporter) {
    Streams streams = of(client);
    if (streams.reporter != null) {
      return false;
    }
    streams.reporter = reporter;
    return true;
  }

  /** Ends the stream of load reports that {@link #report} has begun. */
  public void reportsNoMore(Client client) {
    Streams streams = of(client);
    streams.reporter = null;
    forgetIfGone(client, streams);
  }

  /**
   * Returns the client as its discovery streams show it; null while it has asked for no endpoints.
   */
  public @Nullable ReportingClient reporting(Client client) {
    Streams streams = clients.get(client);
    return streams != null && streams.hasAskedForEndpoints() ? streams : null;
  }

  /** Returns what a client has of a type, on the youngest stream that asks for it; empty: none. */
  public Optional<HeldResources> held(Client client, ResourceType type) {
    Streams streams = clients.get(client);
    return streams == null
        ? Optional.empty()
        : streams.sessions.reversed().stream()
            .flatMap(session -> session.view().held(type).stream())
            .findFirst();
  }

  private void forgetIfGone(Client client, Streams streams) {
    if (streams.sessions.isEmpty() && streams.reporter == null) {
      clients.remove(client);
    }
  }
}
