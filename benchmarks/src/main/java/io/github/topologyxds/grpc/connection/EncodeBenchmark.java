package io.github.topologyxds.grpc.connection;

import com.google.protobuf.UnsafeByteOperations;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.grpc.wire.ResponseCache;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to encode a first response of 1,000 load assignments of 600 bytes: for the first
 * stream that gets it, and for the next one. Here, because what it measures is seen nowhere else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  private static final int BYTES = 600;

  @Param({"DELTA", "STATE_OF_THE_WORLD"})
  private XdsProtocol variant = XdsProtocol.DELTA;

  private final List<XdsResource> resources =
      IntStream.range(0, 1000).mapToObj(EncodeBenchmark::assignment).toList();
  private final Push push = new Push(ResourceType.ENDPOINT, resources, List.of());
  private final ResponseCache cache = new ResponseCache();
  private final List<XdsResource> same = new ArrayList<>(resources);

  private static XdsResource assignment(int number) {
    String name = "bench/svc-" + number + ":http";
    ClusterLoadAssignment message =
        ClusterLoadAssignment.newBuilder()
            .setClusterNameBytes(UnsafeByteOperations.unsafeWrap(new byte[BYTES]))
            .build();
    return XdsResource.of(ResourceType.ENDPOINT, name, message);
  }

  /** Encodes a response that no stream was sent before. */
  @Benchmark
  public Object firstStream() {
    return new ResponseCache().encode(variant, push, 0);
  }

  /** Its response holds the same resources, which has to be found out. */
  @Benchmark
  public Object nextStream() {
    return cache.encode(variant, new Push(ResourceType.ENDPOINT, same, List.of()), 0);
  }
}
