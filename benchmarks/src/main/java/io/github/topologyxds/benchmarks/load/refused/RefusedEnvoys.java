package io.github.topologyxds.benchmarks.load.refused;

import com.google.protobuf.Empty;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Envoys that are refused and come back as their bootstrap has it: after a random part of a time
 * that doubles, from 0.25 s to 5 s. Sixteen share a connection, as many as the server lets.
 */
final class RefusedEnvoys implements AutoCloseable {
  private static final long BASE_MILLIS = 250;
  private static final long MAX_BACKOFF_MILLIS = 5_000;
  private static final int STREAMS = 16;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final MethodDescriptor<DeltaDiscoveryRequest, Empty> METHOD =
      MethodDescriptor.<DeltaDiscoveryRequest, Empty>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(
              "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources")
          .setRequestMarshaller(ProtoUtils.marshaller(DeltaDiscoveryRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .build();

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder others = new LongAdder();

  /** Starts them all at once. */
  RefusedEnvoys(int port, int clients) {
    for (int client = 0; client < clients; client++) {
      if (client % STREAMS == 0) {
        channels.add(
            NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build());
      }
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + ForgedTokens.of(client));
      open(channels.getLast(), headers, BASE_MILLIS);
    }
  }

  /** Returns how many streams have been refused. */
  long refused() {
    return refused.sum();
  }

  /** Returns how many have ended for anything else. */
  long others() {
    return others.sum();
  }

  private void open(ManagedChannel channel, Metadata headers, long wait) {
    ClientCall<DeltaDiscoveryRequest, Empty> call = channel.newCall(METHOD, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            (status.getCode() == Status.Code.UNAUTHENTICATED ? refused : others).increment();
            again(channel, headers, wait);
          }
        },
        headers);
    call.request(1);
    call.sendMessage(DeltaDiscoveryRequest.getDefaultInstance());
  }

  private void again(ManagedChannel channel, Metadata headers, long wait) {
    if (!timer.isShutdown()) {
      var unused =
          timer.schedule(
              () -> open(channel, headers, Math.min(MAX_BACKOFF_MILLIS, 2 * wait)),
              ThreadLocalRandom.current().nextLong(wait),
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
