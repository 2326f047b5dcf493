package io.github.topologyxds.admin;

import io.github.topologyxds.logging.DroppedLines;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.tls.HandshakeFailure;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/** Counters of clients and lines that were turned away. */
final class NackCounters {
  private NackCounters() {}

  /** Who did not get in, and what was not written of it. */
  static void add(MeterRegistry registry, DeliveryMetrics delivery) {
    for (HandshakeFailure failure : HandshakeFailure.values()) {
      FunctionCounter.builder(
              "topology.xds.tls.handshake.failures", delivery, d -> d.failedHandshakes(failure))
          .description("TLS handshakes with clients that failed")
          .tag("reason", failure.label())
          .register(registry);
    }
    FunctionCounter.builder(
            "topology.xds.connections.refused", delivery, DeliveryMetrics::refusedConnections)
        .description("Connections of clients that were one too many")
        .register(registry);
    for (ClientLimit limit : ClientLimit.values()) {
      FunctionCounter.builder("topology.xds.clients.limited", delivery, d -> d.limitedBy(limit))
          .description("Connections and streams that a limit of what clients may take has refused")
          .tag("limit", limit.label())
          .register(registry);
    }
    for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO)) {
      FunctionCounter.builder("topology.xds.log.lines.dropped", level, DroppedLines::of)
          .description("Lines that the log left out, as there were too many")
          .tag("level", level.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
