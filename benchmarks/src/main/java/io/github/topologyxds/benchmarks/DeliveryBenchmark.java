package io.github.topologyxds.benchmarks;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.Departure;
import io.github.topologyxds.session.GroupClock;
import io.github.topologyxds.session.SessionGroup;
import io.github.topologyxds.session.Transport;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What delivery costs without encoding, gRPC and sockets: 1,000 Services x 10 endpoints, 1,000
 * streams on one thread, each subscribed to all, in 3 zones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeliveryBenchmark {
  private static final int SERVICES = 1000;
  private static final int STREAMS = 1000;
  private static final int ZONES = 3;

  @Param({"DELTA", "STATE_OF_THE_WORLD"})
  private XdsProtocol protocol = XdsProtocol.DELTA;

  private final SyntheticCluster cluster = new SyntheticCluster(ZONES);
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final SynchronousQueue<ResourceUpdate> published = new SynchronousQueue<>();
  private final TranslationPipeline pipeline =
      new TranslationPipeline(new Translator(RoutingOptions.DEFAULT), store, this::hand);
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), new NoTimer(), PushLimits.every(Duration.ZERO));
  private final List<String> names = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final Sink sink = new Sink();
  private int round;

  /** Opens the streams, which get and accept everything. */
  @Setup
  public void prepare() throws InterruptedException {
    pipeline.accept(new StateChange.Everything(cluster.objects(SERVICES, 10), List.of()));
    group.published(published.take());
    names.addAll(store.clusterNames());
    for (int i = 0; i < STREAMS; i++) {
      Subscriber subscriber = new Subscriber(i);
      subscriber.ask(names);
      subscribers.add(subscriber);
    }
  }

  /** Stops the pipeline of this trial. */
  @TearDown
  public void close() {
    pipeline.close();
  }

  /**
   * Diff: one load assignment has changed; from the update until each of 1,000 streams has been
   * sent its zone's, and has accepted it.
   */
  @Benchmark
  public long oneChangeToAThousandStreams() throws InterruptedException {
    round++;
    List<ObjectChange> changes = new ArrayList<>();
    for (ModelObject slice : cluster.slices(SERVICES / 2, 10, 100 + round % 100)) {
      changes.add(new ObjectChange.Put(slice));
    }
    pipeline.accept(new StateChange.Difference(changes, List.of()));
    long before = sink.pushes;
    group.published(published.take());
    subscribers.forEach(Subscriber::accept);
    if (sink.pushes - before != STREAMS) {
      throw new IllegalStateException("%d pushes".formatted(sink.pushes - before));
    }
    return sink.resources;
  }

  /** Respond: a stream opens, asks for all 1,000 load assignments, gets them, and closes. */
  @Benchmark
  public long firstResponseLikeOthers() {
    return comeAndGo(names);
  }

  /** The same by a client that asks for what no other asks for: each name is looked up. */
  @Benchmark
  public long firstResponseLikeNoOther() {
    round++;
    List<String> own = new ArrayList<>(names);
    own.set(0, "bench/none-" + round + ":http");
    return comeAndGo(own);
  }

  private long comeAndGo(List<String> wanted) {
    Subscriber subscriber = new Subscriber(0);
    subscriber.ask(wanted);
    subscriber.session.close(Departure.CLOSED_BY_CLIENT);
    return sink.resources;
  }

  private void hand(ResourceUpdate update) {
    try {
      published.put(update);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What all streams were sent. */
  private static final class Sink {
    private long pushes;
    private long resources;
  }

  /** A client that accepts whatever it is sent. */
  private final class Subscriber implements Transport {
    private final ClientSession session;

    private Subscriber(int number) {
      Locality locality = Locality.newBuilder().setZone("zone-" + number % ZONES).build();
      Node node = Node.newBuilder().setId("client-" + number).setLocality(locality).build();
      this.session = group.open(protocol, ClientNode.of(node), this);
    }

    private void ask(List<String> wanted) {
      session.want(ResourceType.ENDPOINT, SotwSubscriptionRequest.first(wanted));
      session.flush();
      accept();
    }

    private void accept() {
      session.acknowledged(ResourceType.ENDPOINT);
      session.proceed();
    }

    @Override
    public String send(Push push) {
      sink.pushes++;
      sink.resources += push.resources().size();
      return "";
    }

    @Override
    public boolean isReady(int resources) {
      return true;
    }

    @Override
    public String peer() {
      return "";
    }

    @Override
    public void fail(RuntimeException defect) {
      throw defect;
    }
  }

  /** Nothing is held back, so there is nothing to wait for. */
  private static final class NoTimer implements GroupClock {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long epochMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public void after(long nanos, Runnable task) {
      task.run();
    }
  }
}
