package io.github.topologyxds.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The demo's world after its phases, for people to look at and to change: what there is, what to
 * try, and steady requests meanwhile.
 */
final class KeptDemo {
  private static final Duration MAX_TIME = Duration.ofDays(7);

  private final DemoWorld world;
  private final DemoStage stage;
  private final DemoServer server;
  private final PrintWriter out;

  KeptDemo(DemoWorld world, DemoStage stage, DemoServer server, PrintWriter out) {
    this.world = world;
    this.stage = stage;
    this.server = server;
    this.out = out;
  }

  /** Goes on until the signal comes. */
  void keep(StopSignal signal) {
    SteadyRequests requests = SteadyRequests.start(stage.clients(), MAX_TIME);
    try {
      out.println(text());
      out.flush();
      signal.await();
    } finally {
      requests.close();
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder("It goes on, with some requests a second. There are\n");
    line(text, "page", "http://127.0.0.1:%d/".formatted(server.apiPort()));
    line(text, "metrics", "http://127.0.0.1:%d/metrics".formatted(server.adminPort()));
    stage
        .outbound()
        .forEach(
            (zone, address) -> line(text, "Envoy of " + zone, "127.0.0.1:" + address.getPort()));
    text.append("\nTry\n");
    String zone = stage.outbound().firstKey();
    int envoy = stage.outbound().values().iterator().next().getPort();
    line(text, "ask", "curl -x http://127.0.0.1:%d http://web.shop/".formatted(envoy));
    line(
        text,
        "why there",
        "bin/topology-xds explain %s/web --node %s --admin 127.0.0.1:%d"
            .formatted(DemoWorld.NAMESPACE, DemoWorld.nodeOf(zone), server.apiPort()));
    line(text, "change", slice() + ": say ready: false of the endpoints in " + zone);
    return text.append("\nCtrl-C ends everything.").toString();
  }

  private Path slice() {
    return world.folder().resolve(DemoWorld.SLICE);
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append(String.format("  %-16s %s%n", what, value));
  }
}
