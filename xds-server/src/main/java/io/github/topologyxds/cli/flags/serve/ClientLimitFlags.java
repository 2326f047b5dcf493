package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.grpc.limits.ClientLimits;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What clients of the xDS port may take. */
final class ClientLimitFlags {
  /** Of the memory beside the heap, where what comes lies until it is complete. */
  private static final int SHARE_OF_DIRECT_MEMORY = 4;

  private static final int MIB = 20;

  @Option(
      names = "--max-connections-per-address",
      converter = RoutingFlags.LimitConverter.class,
      defaultValue = "5000",
      paramLabel = "N",
      description =
          "Connections of one address; in any case no more than half of those that there is room"
              + " for (default: ${DEFAULT-VALUE}).")
  private int connections = 5_000;

  @Option(
      names = "--max-streams-per-address",
      converter = RoutingFlags.LimitConverter.class,
      defaultValue = "10000",
      paramLabel = "N",
      description = "Open streams of one address (default: ${DEFAULT-VALUE}).")
  private int streams = 10_000;

  @Option(
      names = "--max-new-streams-per-address",
      converter = RoutingFlags.LimitConverter.class,
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "Streams that one address may open in a second; five times as many at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int newStreams = 1_000;

  @Option(
      names = "--max-unfinished-requests-mib",
      converter = RoutingFlags.LimitConverter.class,
      paramLabel = "N",
      description =
          "What may lie here of requests that are not complete, of all clients together (default:"
              + " a quarter of -XX:MaxDirectMemorySize).")
  private @Nullable Integer unfinishedMib;

  ClientLimits limits() {
    long unfinished =
        unfinishedMib == null
            ? PlatformDependent.maxDirectMemory() / SHARE_OF_DIRECT_MEMORY
            : (long) unfinishedMib << MIB;
    return new ClientLimits(connections, streams, newStreams, unfinished);
  }
}
