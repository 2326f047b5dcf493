package io.github.topologyxds.e2e.kubernetes;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A delta stream for the endpoints of one cluster, on a connection of its own, that comes back
 * whenever it ends: with the files {@code ca.crt} and {@code token} as they are then.
 */
final class ReturningClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final int port;
  private final Path folder;
  private final Node node;
  private final String cluster;
  private final ConcurrentLinkedQueue<Status> ends = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int endpoints;
  private volatile @Nullable ManagedChannel open;

  /** Begins to connect. */
  ReturningClient(int port, Path folder, String name, String cluster) {
    this.port = port;
    this.folder = folder;
    this.node = Node.newBuilder().setId(name).build();
    this.cluster = cluster;
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Returns how many endpoints the cluster has, as it was last told. */
  int endpoints() {
    return endpoints;
  }

  /** Returns how those of its streams have ended that had been answered. */
  List<Status> ends() {
    return List.copyOf(ends);
  }

  private void run() {
    try {
      do {
        stream();
      } while (!closed.await(200, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("the files are replaced, and never missing", e);
    }
  }

  private void stream() throws IOException, InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .sslContext(
                GrpcSslContexts.forClient().trustManager(folder.resolve("ca.crt").toFile()).build())
            .intercept(token())
            .build();
    open = channel;
    LinkedBlockingQueue<Status> end = new LinkedBlockingQueue<>();
    CountDownLatch answered = new CountDownLatch(1);
    try (AdsStream<?, ?> stream =
        AdsStream.delta(
            channel,
            node,
            response -> {
              seen(response);
              answered.countDown();
            },
            end::add)) {
      stream.subscribe(ResourceType.ENDPOINT, List.of(cluster));
      Status status = end.take();
      if (answered.getCount() == 0) {
        ends.add(status);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private ClientInterceptor token() throws IOException {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + Files.readString(folder.resolve("token")));
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private void seen(DeltaDiscoveryResponse response) {
    try {
      for (Resource resource : response.getResourcesList()) {
        endpoints =
            resource.getResource().unpack(ClusterLoadAssignment.class).getEndpointsList().stream()
                .mapToInt(locality -> locality.getLbEndpointsCount())
                .sum();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    ManagedChannel last = open;
    if (last != null) {
      last.shutdownNow();
    }
  }
}
