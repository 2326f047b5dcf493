package io.github.topologyxds.grpc;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The buffers of the connections. gRPC's own are cut from chunks of 2 MiB, and each event loop
 * keeps free ones for itself: after the first answers to 1,000 clients twelve chunks stayed, each
 * for some bytes (docs/decisions/0093). These chunks are small, so that most are empty and given
 * back.
 */
final class ConnectionBuffers {
  private static final int PAGE_BYTES = 8 << 10;

  /** A chunk is a page times two to the power of this, 256 KiB. What is larger is not pooled. */
  private static final int CHUNK_ORDER = 5;

  private ConnectionBuffers() {}

  /**
   * Returns an allocator with pools for so many event loops.
   *
   * @param loops how many threads allocate
   */
  static ByteBufAllocator of(int loops) {
    return new PooledByteBufAllocator(
        true,
        loops,
        loops,
        PAGE_BYTES,
        CHUNK_ORDER,
        PooledByteBufAllocator.defaultSmallCacheSize(),
        0,
        false);
  }
}
