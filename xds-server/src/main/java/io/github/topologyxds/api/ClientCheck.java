package io.github.topologyxds.api;

import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.xds.resource.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks who is connected: zones, refusals, answers that are due, and versions of Envoy. */
final class ClientCheck {
  /** So many clients are named one by one. */
  private static final int NAMED = 5;

  private static final int MAX_ERROR_LENGTH = 120;

  /** An Envoy answers within milliseconds; one whose CPU is throttled takes longer. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);

  private static final Pattern VERSION = Pattern.compile("1\\.(\\d{1,4})\\..*");

  /** The API that the resources are of. */
  private static final int API_OF_ENVOY = 34;

  private final List<ConnectedClient> clients;
  private final Instant now;

  ClientCheck(List<ConnectedClient> clients, Instant now) {
    this.clients = clients.stream().sorted(Comparator.comparing(ConnectedClient::id)).toList();
    this.now = now;
  }

  List<CheckLine> lines() {
    if (clients.isEmpty()) {
      return List.of(line(State.NOTE, "CLIENTS", "no client is connected", ""));
    }
    List<CheckLine> lines = new ArrayList<>(List.of(all()));
    named(
        lines,
        client -> client.place().zone().isEmpty(),
        client ->
            line(
                State.WARNING,
                "CLIENT_WITHOUT_ZONE",
                client(client)
                    + " has no zone"
                    + (client.place().nodeName().isEmpty()
                        ? " and names no Node"
                        : ": Node " + Finding.quote(client.place().nodeName()) + " tells none"),
                "kubectl label node NODE topology.kubernetes.io/zone=..., or bootstrap --node and"
                    + " --zone"));
    named(lines, client -> client.state() instanceof SyncState.Refused, this::refused);
    named(lines, this::isLate, this::late);
    lines.add(versions());
    return lines;
  }

  private CheckLine all() {
    long refused = clients.stream().filter(c -> c.state() instanceof SyncState.Refused).count();
    long waiting = clients.stream().filter(c -> c.state() instanceof SyncState.Waiting).count();
    return line(
        State.OK,
        "CLIENTS",
        clients.size()
            + (clients.size() == 1 ? " client: " : " clients: ")
            + (clients.size() - refused - waiting)
            + " in sync, "
            + waiting
            + " waiting, "
            + refused
            + " refusing",
        "");
  }

  private CheckLine refused(ConnectedClient client) {
    for (ResourceType type : ResourceType.values()) {
      TypeStatus status = client.type(type);
      TypeStatus.LastNack nack = status.lastNack();
      if (status.state() instanceof SyncState.Refused(var since) && nack != null) {
        return line(
            State.ERROR,
            "NACK",
            client(client)
                + " has refused "
                + type.name().toLowerCase(Locale.ROOT)
                + " resources for "
                + Duration.between(since, now).toSeconds()
                + " s: "
                + Finding.quote(nack.error(), MAX_ERROR_LENGTH),
            "topology-xds proxies -o yaml (quarantined: which resources)");
      }
    }
    return line(State.ERROR, "NACK", client(client) + " refuses resources", "topology-xds proxies");
  }

  private boolean isLate(ConnectedClient client) {
    return client.state() instanceof SyncState.Waiting(var since, var reason)
        && Duration.between(since, now).compareTo(MAX_ANSWER_TIME) > 0;
  }

  private CheckLine late(ConnectedClient client) {
    String seconds =
        client.state() instanceof SyncState.Waiting(var since, var reason)
            ? " for " + Duration.between(since, now).toSeconds() + " s"
            : "";
    return line(
        State.WARNING,
        "CLIENT_LATE",
        client(client) + " has not been up to date" + seconds,
        "topology-xds proxies -o wide; is its CPU throttled?");
  }

  private CheckLine versions() {
    TreeMap<String, Integer> count = new TreeMap<>();
    clients.forEach(client ->
        count.merge(
            (client.agent().name() + " " + client.agent().version()).strip(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    count.forEach((version, number) ->
        parts.add(
            number + " x " + (version.isEmpty() ? "an unknown program" : Finding.quote(version))));
    boolean old = clients.stream().anyMatch(ClientCheck::isOld);
    return line(
        old ? State.WARNING : State.OK,
        "CLIENT_VERSIONS",
        "programs: " + String.join(", ", parts),
        old
            ? "Envoy 1." + API_OF_ENVOY + " and newer know all that is sent: docs/prerequisites.md"
            : "");
  }

  private static boolean isOld(ConnectedClient client) {
    Matcher version = VERSION.matcher(client.agent().version());
    return client.agent().name().equals("envoy")
        && version.matches()
        && Integer.parseInt(version.group(1)) < API_OF_ENVOY;
  }

  private void named(
      List<CheckLine> lines,
      Predicate<ConnectedClient> which,
      Function<ConnectedClient, CheckLine> line) {
    List<ConnectedClient> found = clients.stream().filter(which).toList();
    found.stream().limit(NAMED).map(line).forEach(lines::add);
    if (found.size() > NAMED) {
      CheckLine like = line.apply(found.getFirst());
      lines.add(
          line(like.state(), like.code(), found.size() - NAMED + " clients more", like.mend()));
    }
  }

  private static String client(ConnectedClient client) {
    return "client " + Finding.quote(client.id());
  }

  private static CheckLine line(State state, String code, String fact, String mend) {
    return new CheckLine(Section.CLIENTS, state, code, fact, mend);
  }
}
