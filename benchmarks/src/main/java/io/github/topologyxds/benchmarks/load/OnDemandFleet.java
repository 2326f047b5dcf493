package io.github.topologyxds.benchmarks.load;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Many sidecars on demand at one server, without their Envoys. */
public final class OnDemandFleet implements AutoCloseable {
  private static final int SYNC_SECONDS = 120;
  private static final LoadPlan.Changes NOTHING = new LoadPlan.Changes(0, 0, 1, false, false);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Fleet fleet;

  /**
   * How many there are, and what they use.
   *
   * @param services of the cluster: {@code svc-0} and so on, in namespace {@code bench}
   * @param used of these by each client
   */
  public record Size(int clients, int services, int used) {
    private LoadPlan plan(int endpoints, LoadPlan.Changes changes) {
      return new LoadPlan(
          new LoadPlan.World(services, endpoints),
          clients,
          AdsVariant.DELTA,
          false,
          new LoadPlan.Asked(LoadPlan.Way.ON_DEMAND, used),
          false,
          1,
          changes);
    }
  }

  private OnDemandFleet(Size size) {
    this.fleet = new Fleet(size.plan(1, NOTHING), null);
  }

  /**
   * All connect to the server at this port of loopback; returns when each has all that it uses.
   *
   * @throws IOException when that takes too long
   */
  public static OnDemandFleet connect(int port, Size size)
      throws IOException, InterruptedException {
    OnDemandFleet connected = new OnDemandFleet(size);
    connected.fleet.connect(connected.loops, port);
    if (!connected.fleet.awaitSync(SYNC_SECONDS)) {
      connected.close();
      throw new IOException("without all: " + connected.fleet.unsynced());
    }
    return connected;
  }

  /**
   * Measures a server in a JVM of its own with such clients, as {@code load --on-demand} does.
   *
   * @param endpoints of each Service
   * @param rounds single changes of a Service that all use
   * @return figures by their names in docs/performance.md
   * @throws IOException when not every client has had everything
   */
  public static Map<String, Object> measure(
      Size size, int endpoints, int rounds, Consumer<String> progress)
      throws IOException, InterruptedException {
    LoadReport report =
        LoadRun.run(
            size.plan(endpoints, new LoadPlan.Changes(rounds, 0, 1, false, false)), progress);
    if (!report.complete()) {
      throw new IOException("a run was not complete");
    }
    return report.figures();
  }

  /** Returns how many were cut off. */
  public int lost() {
    return fleet.lost();
  }

  @Override
  public void close() {
    fleet.disconnect();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
