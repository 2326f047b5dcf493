package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.logging.DroppedLines;
import io.github.topologyxds.logging.WrittenLog;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Clients that send nonsense as fast as they can. The log's clock is the test's, so that ten
 * seconds of it are so many frames.
 */
class LogFloodTest {
  private static final int CONNECTIONS = 20;
  private static final int FRAMES = 100;
  private static final int AT_ONCE = 10;
  private static final int SECONDS = 10;
  private static final int MAX_LINE = 700;

  /** Without a limit it is 155 to 235 MB. */
  private static final int MAX_BYTES = 100_000;

  @ParameterizedTest
  @EnumSource
  void tenSecondsOfWrongFramesCostAHundredKilobytesOfLog(WrongFrames wrong) throws Exception {
    long before = dropped();
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        WrittenLog log = new WrittenLog()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        attack(server, wrong, i % 2 == 0 ? WrongFrames.AGGREGATED : WrongFrames.CLUSTERS);
        log.pass(TimeUnit.SECONDS.toNanos(SECONDS) / CONNECTIONS);
      }
      LoggerFactory.getLogger(LogFloodTest.class).warn("the disk is full");

      assertThat(log.size()).isLessThan(MAX_BYTES);
      assertThat(log.text().lines().toList())
          .noneMatch(line -> line.startsWith("\tat "))
          .allMatch(line -> line.length() < MAX_LINE)
          .hasSizeLessThan(20 * SECONDS)
          .last()
          .asString()
          .contains("the disk is full");
      if (wrong != WrongFrames.UNDECODABLE) {
        // Those end in a clean status, and nothing needs to be said.
        assertThat(log.text()).contains("(client /127.0.0.1:");
        assertThat(log.text())
            .containsPattern(Pattern.compile("[0-9]+ more lines .* were left out"));
        assertThat(dropped() - before).isGreaterThan(CONNECTIONS * FRAMES / 2);
      }
    }
  }

  /** The thread that accepts is at nobody's bytes: the client has caused it all the same. */
  @Test
  void connectionsThatAreOneTooManyWriteTenLinesAtOnce() throws Exception {
    XdsLimits limits = XdsLimits.DEFAULT.withConnections(1);
    List<Socket> held = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.with(limits, service("cart"));
        WrittenLog log = new WrittenLog()) {
      for (int i = 0; i < FRAMES; i++) {
        held.add(new Socket(server.address().getAddress(), server.address().getPort()));
      }
      await().until(() -> server.metrics().refusedConnections() == FRAMES - 1);
      assertThat(log.text().lines().filter(line -> line.contains("no more are taken")))
          .hasSizeBetween(1, 10);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  /** Not more at once than the connection bears, so that all of them are looked at. */
  private static void attack(ServerUnderTest server, WrongFrames wrong, String service)
      throws Exception {
    try (RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      for (int i = 0; i < FRAMES; i++) {
        wrong.send(client, service, 2 * i + 1);
        if ((i + 1) % AT_ONCE == 0) {
          client.flush();
          int sent = i + 1;
          await()
              .pollInterval(Duration.ofMillis(1))
              .until(() -> client.received(RawHttp2.HEADERS) >= sent);
        }
      }
    }
  }

  private static long dropped() {
    return DroppedLines.of(Level.WARN) + DroppedLines.of(Level.INFO) + DroppedLines.of(Level.ERROR);
  }
}
