package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;
import io.github.topologyxds.resources.node.ClientPlace.ZoneOrigin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who comes and goes is told, in words for people, and never more than 20 times a second. */
class ClientLogTest {
  private static final ClientPlace KNOWN =
      new ClientPlace("node-a", NodeLookup.KNOWN, "zone-a", ZoneOrigin.NODE_LABEL);
  private static final ClientPlace UNKNOWN =
      new ClientPlace("node-x", NodeLookup.UNKNOWN, "", ZoneOrigin.NOWHERE);

  private final Logger logger = (Logger) LoggerFactory.getLogger(CurrentClient.LOGGER);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final FakeClock clock = new FakeClock();
  private final ClientLog log = new ClientLog(Runnable::run);

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(written);
  }

  @Test
  void namesClientNodeAndZoneAndWhoTellsIt() {
    came(KNOWN);
    came(new ClientPlace("node-a", NodeLookup.KNOWN, "zone-b", ZoneOrigin.BOOTSTRAP));
    came(new ClientPlace("", NodeLookup.NOT_NAMED, "", ZoneOrigin.NOWHERE));
    log.went("cart-1", KNOWN, Departure.refused("too many names"), clock);

    assertThat(lines())
        .containsExactly(
            "client cart-1 (Node node-a, zone zone-a by the Node's label) came",
            "client cart-1 (Node node-a, zone zone-b by its bootstrap) came",
            "client cart-1 (no Node named, zone known from nowhere) came",
            "client cart-1 (Node node-a, zone zone-a by the Node's label) went: refused: too many"
                + " names");
    assertThat(written.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
  }

  @Test
  void warnsOfANodeThatNobodyKnows() {
    log.came("cart-1", UNKNOWN, Set.of("node-a", "worker"), clock);

    assertThat(lines())
        .containsExactly(
            "client cart-1 (Node node-x, zone known from nowhere) came, but nobody knows its Node;"
                + " did you mean node-a?");
    assertThat(written.list.getFirst().getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void suggestsTheNearestNode() {
    assertThat(NodeSuggestion.words("Node-1", Set.of("node-1", "node-2")))
        .isEqualTo("; did you mean node-1?");
    assertThat(
            NodeSuggestion.words("ip-10-0-0-1", Set.of("ip-10-0-0-1.ec2.internal", "ip-10-0-0-2")))
        .isEqualTo("; did you mean ip-10-0-0-1.ec2.internal?");
    assertThat(NodeSuggestion.words("node-1.internal", Set.of("node-1")))
        .isEqualTo("; did you mean node-1?");
    assertThat(NodeSuggestion.words("elsewhere", Set.of("node-1"))).isEmpty();
    assertThat(NodeSuggestion.words("node-1", Set.of())).isEqualTo("; no Node is known at all");
  }

  @Test
  void quotesAndCutsWhatTheClientHasMadeUp() {
    ClientPlace forged =
        new ClientPlace("n\nWARN", NodeLookup.UNKNOWN, "z\u001b".repeat(500), ZoneOrigin.BOOTSTRAP);
    log.came("id\r\nERROR".repeat(500), forged, Set.of("node-a"), clock);

    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void writesTwentyLinesASecondAndThenTheirNumber() {
    for (int i = 0; i < 600; i++) {
      came(KNOWN);
    }
    for (int i = 0; i < 400; i++) {
      log.went("cart-1", KNOWN, Departure.CONNECTION_LOST, clock);
    }
    assertThat(lines()).hasSize(20);

    written.list.clear();
    clock.advance(1_000);
    assertThat(lines())
        .containsExactly(
            "580 more clients came (0 of them on Nodes that nobody knows), 400 more went");
    written.list.clear();
    clock.advance(10_000);
    assertThat(lines()).isEmpty();
  }

  /** Not twenty at the end of one second and twenty at the start of the next. */
  @Test
  void theSecondMayBeginAnywhere() {
    came(KNOWN);
    clock.advance(900);
    for (int i = 0; i < 100; i++) {
      came(KNOWN);
    }
    clock.advance(200);
    for (int i = 0; i < 100; i++) {
      came(KNOWN);
    }
    assertThat(lines()).hasSize(21);
  }

  @Test
  void theNumberWarnsWhereANodeIsUnknown() {
    for (int i = 0; i < 50; i++) {
      came(KNOWN);
    }
    came(UNKNOWN);
    written.list.clear();
    clock.advance(1_000);

    assertThat(lines())
        .containsExactly(
            "31 more clients came (1 of them on Nodes that nobody knows), 0 more went");
    assertThat(written.list.getFirst().getLevel()).isEqualTo(Level.WARN);
  }

  private void came(ClientPlace place) {
    log.came("cart-1", place, Set.of("node-a"), clock);
  }

  private List<String> lines() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
