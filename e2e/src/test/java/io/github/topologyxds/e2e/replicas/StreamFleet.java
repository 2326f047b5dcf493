package io.github.topologyxds.e2e.replicas;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hold one stream each, on a connection of its own as an Envoy does. When it ends they
 * ask anew, with an Envoy's back-off; gRPC's own, for connections, is shorter at first.
 */
public final class StreamFleet implements AutoCloseable {
  /**
   * What an Envoy's bootstrap has (envoy-configs): it doubles, and a random part of it is waited.
   */
  private static final int FIRST_BACK_OFF_MILLIS = 250;

  private static final int MAX_BACK_OFF_MILLIS = 5_000;

  /** Endpoints of a thousand Services in one response. */
  private static final int MAX_RESPONSE = 64 << 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final XdsProtocol protocol;
  private final MethodDescriptor<byte[], byte[]> method;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile int port;
  private volatile boolean over;

  /** So many connect, all at once. */
  public StreamFleet(int size, XdsProtocol protocol, int port) {
    this.protocol = protocol;
    this.port = port;
    method =
        switch (protocol) {
          case DELTA -> ofBytes(AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());
          case STATE_OF_THE_WORLD ->
              ofBytes(AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());
        };
    for (int i = 0; i < size; i++) {
      Client client = new Client(i);
      clients.add(client);
      client.connect();
    }
  }

  private static MethodDescriptor<byte[], byte[]> ofBytes(MethodDescriptor<?, ?> method) {
    return method.toBuilder(new Bytes(), new Bytes()).build();
  }

  /** Who connects from now on connects to this one. */
  void turnTo(int anotherPort) {
    port = anotherPort;
  }

  /** Returns how many clients know the endpoints of these clusters by their present stream. */
  public long holding(Collection<String> names) {
    return clients.stream().filter(client -> client.dialogue.holds(names)).count();
  }

  /** Returns how many streams have ended on which something had come before. */
  public int ended() {
    return ended.get();
  }

  @Override
  public void close() {
    over = true;
    clients.forEach(Client::disconnect);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Owner: the event loop, but for the first connect. */
  private final class Client implements ClientResponseObserver<byte[], byte[]> {
    private final Random random;
    private boolean served;
    private int connectedTo;
    private int backOffMillis = FIRST_BACK_OFF_MILLIS;
    private volatile Dialogue dialogue = new Dialogue(protocol);
    private volatile @Nullable ManagedChannel channel;
    private volatile @Nullable ClientCallStreamObserver<byte[]> requests;

    Client(int number) {
      random = new Random(number);
    }

    private void connect() {
      if (connectedTo != port) {
        disconnect();
        connectedTo = port;
        channel =
            NettyChannelBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), connectedTo))
                .usePlaintext()
                .directExecutor()
                .eventLoopGroup(loops)
                .channelType(NioSocketChannel.class)
                .maxInboundMessageSize(MAX_RESPONSE)
                .build();
      }
      var unused =
          ClientCalls.asyncBidiStreamingCall(
              Objects.requireNonNull(channel)
                  .newCall(method, CallOptions.DEFAULT.withWaitForReady()),
              this);
      send(dialogue.hello());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
      requests = stream;
    }

    private void send(byte[] request) {
      Objects.requireNonNull(requests).onNext(request);
    }

    @Override
    public void onNext(byte[] response) {
      served = true;
      dialogue.take(response).forEach(this::send);
    }

    @Override
    public void onError(Throwable cut) {
      goneOn();
    }

    @Override
    public void onCompleted() {
      goneOn();
    }

    private void goneOn() {
      if (over) {
        return;
      }
      if (served) {
        ended.incrementAndGet();
        backOffMillis = FIRST_BACK_OFF_MILLIS;
      }
      served = false;
      dialogue = new Dialogue(protocol);
      var unused =
          loops.schedule(this::connect, random.nextInt(backOffMillis), TimeUnit.MILLISECONDS);
      backOffMillis = Math.min(2 * backOffMillis, MAX_BACK_OFF_MILLIS);
    }

    private void disconnect() {
      ManagedChannel open = channel;
      if (open != null) {
        open.shutdownNow();
      }
    }
  }

  /** A message as it is on the wire. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
