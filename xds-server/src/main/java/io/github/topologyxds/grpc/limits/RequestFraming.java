package io.github.topologyxds.grpc.limits;

import io.netty.buffer.ByteBuf;

/**
 * Where a stream's bytes are in its requests: each has a prefix of five bytes, a flag and a length
 * (gRPC over HTTP/2, Length-Prefixed-Message).
 *
 * <p>Owner: the connection's event loop.
 */
final class RequestFraming {
  private static final int PREFIX = 5;

  private int prefix;
  private long missing;
  private long held;

  /** Reads on, without moving the buffer's indexes. */
  void read(ByteBuf data) {
    int at = data.readerIndex();
    while (at < data.writerIndex()) {
      if (prefix < PREFIX) {
        int octet = data.getUnsignedByte(at);
        missing = prefix == 0 ? 0 : missing << Byte.SIZE | octet;
        prefix++;
        held++;
        at++;
      } else {
        int here = (int) Math.min(missing, data.writerIndex() - at);
        missing -= here;
        held += here;
        at += here;
      }
      if (prefix == PREFIX && missing == 0) {
        prefix = 0;
        held = 0;
      }
    }
  }

  /** Returns how many bytes of a request that is not complete have come. */
  long held() {
    return held;
  }
}
