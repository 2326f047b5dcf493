package io.github.topologyxds.e2e.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients that call {@link GrpcEcho} through a sidecar, over one HTTP/2 connection. */
public final class GrpcClients implements Closeable {
  private final ManagedChannel channel;

  /** Connects to a sidecar's HTTP listener; the authority names the Service. */
  public GrpcClients(InetSocketAddress proxy, String authority) {
    channel =
        NettyChannelBuilder.forAddress(proxy).overrideAuthority(authority).usePlaintext().build();
  }

  /** Calls, 50 at a time; returns the answers, or the status of those that failed, counted. */
  public Map<String, Long> call(int calls) throws InterruptedException {
    Semaphore slots = new Semaphore(Proxy.CONCURRENCY);
    Callable<String> client = () -> inSlot(slots);
    Map<String, Long> answers = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Stream.generate(() -> client).limit(calls).toList())) {
        answers.merge(answer.get(), 1L, Long::sum);
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a gRPC client failed", e.getCause());
    }
  }

  private String inSlot(Semaphore slots) throws InterruptedException {
    slots.acquire();
    try {
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
      byte[] answer =
          ClientCalls.blockingUnaryCall(channel, GrpcEcho.METHOD, options, new byte[] {1});
      return new String(answer, StandardCharsets.UTF_8);
    } catch (StatusRuntimeException e) {
      return e.getStatus().toString();
    } finally {
      slots.release();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
