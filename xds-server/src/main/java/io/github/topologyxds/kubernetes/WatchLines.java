package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Cuts the bytes of a watch into lines. The HTTP client's threads put in, one at a time; the
 * reflector's thread takes out.
 */
final class WatchLines {
  /** An object of etcd has at most 1.5 MB; what is far longer is no event. */
  private static final int MAX_LINE = 32 << 20;

  /** What comes out: a line, or the end. */
  sealed interface Item {
    record Line(String text) implements Item {}

    /** The server has ended the watch as agreed. */
    record End() implements Item {}

    record Broken(Throwable cause) implements Item {}

    record TooLong() implements Item {}
  }

  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

  // Owner: the HTTP client, which calls in one after the other.
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

  BlockingQueue<Item> items() {
    return items;
  }

  void received(List<ByteBuffer> buffers, AsyncBody body) {
    int before = items.size();
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      cut(bytes);
    }
    if (partial.size() > MAX_LINE) {
      items.add(new Item.TooLong());
      body.cancel();
    } else if (items.size() == before) {
      // No line is complete yet, and nobody else asks for more.
      body.consume();
    }
  }

  private void cut(byte[] bytes) {
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        partial.write(bytes, begin, i - begin);
        addLine();
        begin = i + 1;
      }
    }
    partial.write(bytes, begin, bytes.length - begin);
  }

  private void addLine() {
    if (partial.size() > 0) {
      items.add(new Item.Line(partial.toString(StandardCharsets.UTF_8)));
      partial.reset();
    }
  }

  /** The body has ended. A rest without a line feed is a line only if the end was in order. */
  void ended(Throwable cause) {
    items.add(new Item.Broken(cause));
  }

  void ended() {
    addLine();
    items.add(new Item.End());
  }
}
