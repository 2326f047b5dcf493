package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Collects a body. The HTTP client's threads put in, one at a time; read when it has ended. */
final class BodyBytes {
  /** A page of 250 slices with 1,000 endpoints each is 75 MB. */
  private static final int MAX_BYTES = 256 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void received(List<ByteBuffer> buffers, AsyncBody body) throws IOException {
    for (ByteBuffer buffer : buffers) {
      byte[] some = new byte[buffer.remaining()];
      buffer.get(some);
      bytes.writeBytes(some);
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IOException("an answer of more than 256 MiB");
    }
    body.consume();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
