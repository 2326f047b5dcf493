package io.github.topologyxds.grpc.limits;

/**
 * What the clients of one address may take, and all unfinished requests together. An Envoy has one
 * connection and a stream, or one for each type; many stand behind one address where a proxy or a
 * translation of addresses does.
 *
 * @param connections of an address at a time
 * @param streams of an address at a time
 * @param newStreams of an address in a second; five times as many at once
 * @param unfinishedBytes of requests that are not complete, of all clients together: each stream
 *     may have 4 MiB of one in memory for as long as it likes
 */
public record ClientLimits(int connections, int streams, int newStreams, long unfinishedBytes) {
  public static final ClientLimits NONE =
      new ClientLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

  /** A Pod's Envoy has one, and its application, with gRPC, one for each channel. */
  private static final int MAX_CONNECTIONS_OF_A_POD = 128;

  /** Returns how many connections one Pod may have; a quarter of an address's at most. */
  public int connectionsOfAPod() {
    return Math.min(MAX_CONNECTIONS_OF_A_POD, Math.max(1, connections / 4));
  }

  /** These, but for an address no more than half of the connections that there is room for. */
  public ClientLimits within(int room) {
    return new ClientLimits(
        Math.min(connections, Math.max(1, room / 2)), streams, newStreams, unfinishedBytes);
  }
}
