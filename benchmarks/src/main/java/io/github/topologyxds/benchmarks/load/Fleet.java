package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.benchmarks.load.measured.Marks;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** All clients of one connect. */
final class Fleet {
  private final LoadPlan plan;
  private final DiscoveryWire wire;
  private volatile @Nullable Marks marks;
  private final byte[] routes;
  private final CountDownLatch unsynced;
  private final LongAdder routed = new LongAdder();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder pushes = new LongAdder();
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Map<Body, byte[]> subscriptions = new ConcurrentHashMap<>();

  // Owner: who connects.
  private final List<EnvoyStandIn> clients = new ArrayList<>();

  /** Of a response that many clients got: they need not all decode it. */
  private record Body(long checksum, int length) {}

  Fleet(LoadPlan plan, @Nullable Marks marks) {
    this.plan = plan;
    this.wire = new DiscoveryWire(plan.variant());
    this.routes = wire.subscribeToRoutes();
    this.marks = marks;
    this.unsynced = new CountDownLatch(plan.clients());
  }

  /** All clients connect, at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of it.
  void connect(EventLoopGroup loops, int port) {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < plan.clients(); i++) {
      GrpcCall.Receiver client = client(i);
      new Bootstrap()
          .group(loops)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000)
          .handler(
              new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                  channels.add(channel);
                  channel.pipeline().addLast(new GrpcCall(plan.variant().path(), client));
                }
              })
          .connect(server)
          .addListener(connected -> {
            if (!connected.isSuccess()) {
              lost(String.valueOf(connected.cause()));
            }
          });
    }
  }

  private GrpcCall.Receiver client(int number) {
    return switch (plan.asked().way()) {
      case ON_DEMAND -> new OnDemandStandIn(this, number);
      case ALL, SCOPED -> {
        EnvoyStandIn client = new EnvoyStandIn(this, number);
        clients.add(client);
        yield client;
      }
    };
  }

  /** Returns whether all have everything. */
  boolean awaitSync(int seconds) throws InterruptedException {
    return unsynced.await(seconds, TimeUnit.SECONDS);
  }

  int unsynced() {
    return (int) unsynced.getCount();
  }

  /** All clients go. */
  void disconnect() {
    over.set(true);
    channels.forEach(channel -> channel.close().syncUninterruptibly());
  }

  /** From now on these changes are looked for. */
  void follow(Marks next) {
    marks = next;
  }

  /** Returns the clients that may report load, in the order of their numbers. */
  List<EnvoyStandIn> clients() {
    return clients;
  }

  LoadPlan plan() {
    return plan;
  }

  DiscoveryWire wire() {
    return wire;
  }

  /** Returns the request for the endpoints of these clusters, encoded. */
  byte[] subscription(byte[] clusters, int bodyLength) {
    CRC32C checksum = new CRC32C();
    checksum.update(clusters, 0, bodyLength);
    return subscriptions.computeIfAbsent(
        new Body(checksum.getValue(), bodyLength),
        body -> {
          List<String> names = wire.clusterNames(clusters);
          return wire.subscribe(names);
        });
  }

  void received(byte[] message) {
    bytes.add(message.length);
  }

  /** A response that has been counted holds endpoints. */
  void receivedEndpoints(byte[] message) {
    pushes.increment();
    Marks looked = marks;
    if (looked != null) {
      looked.look(message);
    }
  }

  /** Returns the request for the routes to all Services, encoded. */
  byte[] routes() {
    return routes;
  }

  void routed() {
    routed.increment();
  }

  /** How often any client was given routes. */
  long routings() {
    return routed.sum();
  }

  void synced() {
    unsynced.countDown();
  }

  void lost(String why) {
    if (!over.get()) {
      lost.incrementAndGet();
      reasons.add(why);
    }
  }

  int lost() {
    return lost.get();
  }

  /** Why streams were lost. */
  Set<String> reasons() {
    return reasons;
  }

  long bytes() {
    return bytes.sum();
  }

  /** Responses with endpoints. */
  long pushes() {
    return pushes.sum();
  }
}
