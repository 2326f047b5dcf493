package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;
import io.github.topologyxds.resources.node.ClientPlace.ZoneOrigin;
import io.github.topologyxds.resources.node.UserAgent;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.SyncState.WaitsFor;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static ConnectedClient client(String id, String version, SyncState state) {
    return new ConnectedClient(
        id,
        new ClientPlace("node-a", NodeLookup.KNOWN, "zone-a", ZoneOrigin.NODE_LABEL),
        null,
        "shop",
        "shop",
        Optional.empty(),
        XdsProtocol.DELTA,
        new UserAgent("envoy", version),
        "127.0.0.1:1",
        NOW.minusSeconds(600),
        Map.of(
            ResourceType.ENDPOINT, new TypeStatus(state, 1, false, null, null, null, List.of())));
  }

  private static List<CheckLine> lines(ConnectedClient... clients) {
    return new ClientCheck(List.of(clients), NOW).lines();
  }

  private static SyncState waiting(int seconds) {
    return new SyncState.Waiting(NOW.minusSeconds(seconds), WaitsFor.ANSWER);
  }

  @Test
  void anAnswerThatIsDueForLongIsAWarning() {
    assertThat(lines(client("a", "1.40.0", waiting(29))))
        .noneMatch(line -> line.code().equals("CLIENT_LATE"));
    assertThat(lines(client("a", "1.40.0", waiting(41))))
        .anySatisfy(line -> {
          assertThat(line.code()).isEqualTo("CLIENT_LATE");
          assertThat(line.state()).isEqualTo(State.WARNING);
          assertThat(line.fact()).isEqualTo("client a has not been up to date for 41 s");
        });
  }

  @Test
  void anEnvoyThatIsTooOldIsAWarning() {
    SyncState synced = new SyncState.Synced();
    assertThat(lines(client("a", "1.34.0", synced), client("b", "1.40.1", synced)).getLast())
        .isEqualTo(
            new CheckLine(
                CheckLine.Section.CLIENTS,
                State.OK,
                "CLIENT_VERSIONS",
                "programs: 1 x envoy 1.34.0, 1 x envoy 1.40.1",
                ""));
    assertThat(lines(client("a", "1.9.0", synced)).getLast().state()).isEqualTo(State.WARNING);
  }

  @Test
  void ofManyAFewAreNamed() {
    ConnectedClient[] many =
        IntStream.range(0, 9)
            .mapToObj(i -> client("front-" + i, "1.40.0", waiting(60)))
            .toArray(ConnectedClient[]::new);
    assertThat(lines(many).stream().filter(line -> line.code().equals("CLIENT_LATE")))
        .extracting(CheckLine::fact)
        .hasSize(6)
        .last()
        .isEqualTo("4 clients more");
  }
}
