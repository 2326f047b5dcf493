package io.github.topologyxds.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerLink;
import io.github.topologyxds.e2e.bench.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replicas behind one port, the way of a Service: a new connection goes to one that is ready, those
 * that there are stay where they are. They are replaced as a Deployment with {@code maxUnavailable:
 * 0} does it.
 */
final class RollingReplicas implements Closeable {
  /** As in {@code deploy/deployment.yaml}: who takes longer is killed, and has not ended well. */
  private static final int GRACE_SECONDS = 30;

  /** A build of the program. */
  @FunctionalInterface
  interface Build {
    /** Starts a replica, and waits until it is ready. */
    ServerProcess start(int port) throws IOException;
  }

  private record Replica(int port, ServerProcess process) {}

  private final List<Replica> ready = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerLink service = new ServerLink(this::next, ServerLink.Pace.FULL);

  RollingReplicas() throws IOException {}

  /** Where clients connect to. */
  int port() {
    return service.port();
  }

  /** Returns how many connections clients have made. */
  int connections() {
    return connections.get();
  }

  private int next() {
    List<Replica> now = List.copyOf(ready);
    return now.get(connections.getAndIncrement() % now.size()).port();
  }

  /** Starts one more, which gets connections as soon as it is ready. */
  void add(Build build) throws IOException {
    int port = FreePorts.next();
    ready.add(new Replica(port, build.start(port)));
  }

  /**
   * Puts one of this build in the place of the oldest, which is told to stop once that is ready.
   */
  void replaceOldest(Build build) throws IOException, InterruptedException {
    add(build);
    Replica oldest = ready.removeFirst();
    oldest.process().terminate();
    Process process = oldest.process().process();
    assertThat(process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)).as("it stops in time").isTrue();
    assertThat(process.exitValue()).isZero();
    oldest.process().stop();
  }

  @Override
  public void close() throws IOException {
    service.close();
    ready.forEach(replica -> replica.process().stop());
  }
}
