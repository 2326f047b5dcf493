package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import java.io.IOException;

/** What a part of a run has cost, from the moment that it began. */
record Phase(ServerUnderLoad server, Fleet fleet, long begun, Counts before) {
  private static final double NANOS = 1e9;

  private record Counts(double server, double own, double machine, long bytes, long pushes) {
    static Counts of(ServerUnderLoad server, Fleet fleet) throws IOException {
      return new Counts(
          ProcessUsage.of(server.pid()).cpu(),
          ProcessUsage.of(ProcessHandle.current().pid()).cpu(),
          ProcessUsage.machine(),
          fleet.bytes(),
          fleet.pushes());
    }
  }

  /**
   * The cost.
   *
   * @param cpu the server's, in seconds
   * @param others CPU seconds of what else ran on the machine: shows a disturbed run
   * @param bytes that clients received
   * @param pushes responses with endpoints
   */
  record Cost(double seconds, double cpu, double own, double others, long bytes, long pushes) {}

  static Phase begin(ServerUnderLoad server, Fleet fleet) throws IOException {
    return new Phase(server, fleet, System.nanoTime(), Counts.of(server, fleet));
  }

  Cost end() throws IOException {
    double seconds = (System.nanoTime() - begun) / NANOS;
    Counts now = Counts.of(server, fleet);
    double cpu = now.server() - before.server();
    double own = now.own() - before.own();
    return new Cost(
        seconds,
        cpu,
        own,
        now.machine() - before.machine() - cpu - own,
        now.bytes() - before.bytes(),
        now.pushes() - before.pushes());
  }
}
