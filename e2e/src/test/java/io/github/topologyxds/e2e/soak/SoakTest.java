package io.github.topologyxds.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Streams come and go and endpoints change, for half an hour ({@code -Dsoak.minutes}). Whenever all
 * streams have gone, nothing of them is left, and heap and threads are what they were.
 */
@Tag("soak")
class SoakTest {
  private static final int SAMPLES = 20;
  private static final int WARM_UP = SAMPLES / 4;
  private static final int SERVICES = 200;
  private static final int CHANNELS = 10;
  private static final int STREAMS = 60;
  private static final long LEEWAY_BYTES = 2 << 20;
  private static final Node NODE =
      Node.newBuilder().setId("soak").setLocality(Locality.newBuilder().setZone("zone-0")).build();

  private final Random random = new Random(1);
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final DeliveryMetrics metrics = new DeliveryMetrics();
  private final List<AutoCloseable> streams = new ArrayList<>();
  private final AtomicLong responses = new AtomicLong();
  private long opened;
  private long changes;

  @Test
  void nothingGrows() throws Exception {
    Duration each = Duration.ofMinutes(Long.getLong("soak.minutes", 30L)).dividedBy(SAMPLES);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    List<Footprint> samples = new ArrayList<>();
    try (XdsServer server = new XdsServer(new XdsServer.Port(any), store, metrics);
        TranslationPipeline pipeline =
            new TranslationPipeline(
                new Translator(RoutingOptions.DEFAULT), store, server::publish)) {
      pipeline.accept(new StateChange.Everything(all(), List.of()));
      await().until(store::complete);
      List<ManagedChannel> channels = channels(server.port());
      for (int i = 0; i < SAMPLES; i++) {
        churn(pipeline, channels, each);
        verifyCounted();
        samples.add(quiet());
        System.err.printf(
            "soak: %d streams opened, %d changes, %d responses; %s%n",
            opened, changes, responses.get(), samples.getLast());
      }
      channels.forEach(ManagedChannel::shutdownNow);
    }
    assertThat(responses.get()).isGreaterThan(opened);
    verify(samples.subList(WARM_UP, SAMPLES));
  }

  /** The later half against the half before. */
  private static void verify(List<Footprint> samples) {
    int half = samples.size() / 2;
    List<Footprint> early = samples.subList(0, half);
    List<Footprint> late = samples.subList(half, samples.size());
    long before = heaps(early).max().orElseThrow();
    assertThat(heaps(late).min().orElseThrow())
        .as("heap after collections, bytes: %s", samples)
        .isLessThan(before + before / 10 + LEEWAY_BYTES);
    assertThat(late.stream().mapToInt(Footprint::threads).min().orElseThrow())
        .as("threads: %s", samples)
        .isLessThanOrEqualTo(early.stream().mapToInt(Footprint::threads).max().orElseThrow());
  }

  private static LongStream heaps(List<Footprint> samples) {
    return samples.stream().mapToLong(Footprint::heapBytes);
  }

  private List<ManagedChannel> channels(int port) {
    List<ManagedChannel> channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(
          ManagedChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .maxInboundMessageSize(Integer.MAX_VALUE)
              .build());
    }
    return channels;
  }

  private void churn(TranslationPipeline pipeline, List<ManagedChannel> channels, Duration duration)
      throws Exception {
    long until = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < until) {
      if (streams.size() >= STREAMS) {
        streams.remove(random.nextInt(streams.size())).close();
      }
      ManagedChannel channel = channels.get((int) (opened % CHANNELS));
      AdsStream<?, ?> stream =
          random.nextBoolean()
              ? AdsStream.delta(channel, NODE, response -> responses.incrementAndGet())
              : AdsStream.stateOfTheWorld(channel, NODE, response -> responses.incrementAndGet());
      stream.subscribe(ResourceType.CLUSTER, List.of());
      stream.subscribe(ResourceType.ENDPOINT, someNames());
      streams.add(stream);
      opened++;
      changes++;
      pipeline.accept(new StateChange.Difference(List.of(change()), List.of()));
      // A connection that cuts more than 200 streams in 30 s is taken for a flood.
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Endpoints move; now and then a Service goes, and comes back. */
  private ObjectChange change() {
    int service = random.nextInt(SERVICES);
    return switch (random.nextInt(10)) {
      case 0 -> new ObjectChange.Delete(SoakWorld.service(service).key());
      case 1, 2 -> new ObjectChange.Put(SoakWorld.service(service));
      default -> new ObjectChange.Put(SoakWorld.slice(service, random.nextInt(250)));
    };
  }

  /** Names that exist, and some that nobody has ever heard of. */
  private Set<String> someNames() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < SERVICES / 2; i++) {
      names.add("soak/svc-" + random.nextInt(SERVICES) + ":http");
    }
    names.add("soak/nonsense-" + opened + ":http");
    return names;
  }

  /** While streams are open, each class that is looked for afterwards is found. */
  private void verifyCounted() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(Footprint.now().indexed())
                .as("objects of %d open streams", streams.size())
                .containsOnlyKeys(Footprint.classesOfStreams()));
  }

  /** All streams go: what is then left? */
  private Footprint quiet() throws Exception {
    for (AutoCloseable stream : streams) {
      stream.close();
    }
    streams.clear();
    await().atMost(Duration.ofSeconds(20)).until(() -> metrics.streams() == 0);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(Footprint.now().indexed()).as("left of streams").isEmpty());
    return Footprint.now();
  }

  private static List<ModelObject> all() {
    List<ModelObject> all = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      all.add(SoakWorld.service(i));
      all.add(SoakWorld.slice(i, 1));
    }
    return all;
  }
}
