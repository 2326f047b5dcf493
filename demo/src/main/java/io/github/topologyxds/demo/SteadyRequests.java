package io.github.topologyxds.demo;

import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.RunningLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some requests a second from each zone, until it is closed. Belongs to one thread. */
final class SteadyRequests implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final List<RunningLoad> running = new ArrayList<>();

  private SteadyRequests() {}

  /** Starts them, for this long at the most. */
  static SteadyRequests start(List<LoadGenerator> clients, Duration longest) {
    SteadyRequests requests = new SteadyRequests();
    for (LoadGenerator client : clients) {
      requests.running.add(client.start(new LoadBounds(Long.MAX_VALUE, 1, longest, PAUSE)));
    }
    return requests;
  }

  @Override
  public void close() {
    running.forEach(RunningLoad::close);
  }
}
