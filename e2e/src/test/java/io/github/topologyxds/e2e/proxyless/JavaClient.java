package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.e2e.bench.Wait;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.xds.XdsNameResolverProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** An application on grpc-java, with a bootstrap of its own. */
final class JavaClient implements ProxylessClient {
  /** grpc-java keeps one xDS client for each target: clients of several Nodes need several. */
  private static final AtomicInteger SCHEMES = new AtomicInteger();

  private final XdsNameResolverProvider resolvers;
  private final ManagedChannel channel;

  /**
   * An application that calls one target.
   *
   * @param bootstrap the file that {@code GRPC_XDS_BOOTSTRAP} names
   * @param name what stands behind {@code xds:///}
   */
  JavaClient(String bootstrap, String name) {
    String scheme = "xds" + SCHEMES.incrementAndGet();
    resolvers = XdsNameResolverProvider.createForTest(scheme, read(bootstrap));
    NameResolverRegistry.getDefaultRegistry().register(resolvers);
    channel =
        NettyChannelBuilder.forTarget(scheme + ":///" + name, InsecureChannelCredentials.create())
            .build();
  }

  private static Map<String, ?> read(String bootstrap) {
    return JsonMapper.shared().readValue(bootstrap, new TypeReference<Map<String, Object>>() {});
  }

  @Override
  public Map<String, Long> call(int calls) {
    Map<String, Long> answers = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      answers.merge(call(Duration.ofSeconds(20)), 1L, Long::sum);
    }
    return answers;
  }

  private String call(Duration deadline) {
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
      byte[] answer =
          ClientCalls.blockingUnaryCall(channel, GrpcEcho.METHOD, options, new byte[] {1});
      return new String(answer, StandardCharsets.UTF_8);
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() + ": " + e.getStatus().getDescription();
    }
  }

  @Override
  public Load load() {
    return new Calls();
  }

  /** Calls on a thread of its own. */
  private final class Calls implements Load {
    private final Map<String, Long> answers = new TreeMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().start(this::run);

    private void run() {
      while (!over.get()) {
        answers.merge(call(Duration.ofSeconds(20)), 1L, Long::sum);
      }
    }

    @Override
    public Map<String, Long> stop() throws InterruptedException {
      over.set(true);
      thread.join();
      return answers;
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    Wait.until("the channel to end").until(channel::isTerminated);
    NameResolverRegistry.getDefaultRegistry().deregister(resolvers);
  }
}
