package io.github.topologyxds.grpc.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.MessageLite;
import io.netty.handler.codec.http2.Http2Error;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 frames (RFC 9113) as the test wants them, right or wrong. What comes back is read and
 * counted all the while, and nothing is answered.
 */
public final class RawHttp2 implements AutoCloseable {
  public static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** A setting. */
  static final int INITIAL_WINDOW_SIZE = 4;

  public static final byte[] NOTHING = {};
  static final Map<String, String> CALL =
      Map.of(
          ":method", "POST",
          ":scheme", "http",
          ":authority", "xds",
          ":path",
              "/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources");
  static final Map<String, String> CONTENT =
      Map.of("content-type", "application/grpc", "te", "trailers");

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final CompletableFuture<@Nullable Http2Error> end = new CompletableFuture<>();
  private final CompletableFuture<String> firstHeaders = new CompletableFuture<>();
  private final Map<Integer, LongAdder> received = new ConcurrentHashMap<>();

  RawHttp2(InetSocketAddress address) throws IOException {
    socket.connect(address);
    out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    Thread.ofVirtual().start(() -> end.complete(readAll(in)));
  }

  /** A connection that has said what HTTP/2 wants first, without acknowledging our settings. */
  public static RawHttp2 introduced(InetSocketAddress address, byte[] settings) throws IOException {
    RawHttp2 connection = new RawHttp2(address);
    connection.preface(PREFACE.length);
    connection.frame(SETTINGS, 0, 0, settings);
    connection.flush();
    return connection;
  }

  /** Returns why the server has ended it, by the last GOAWAY; null: it did not say. */
  private @Nullable Http2Error readAll(DataInputStream in) {
    Http2Error last = null;
    try {
      while (true) {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        received.computeIfAbsent(type, t -> new LongAdder()).increment();
        if (type == HEADERS) {
          firstHeaders.complete(new String(payload, ISO_8859_1));
        }
        if (type == GOAWAY) {
          last = Http2Error.valueOf(ByteBuffer.wrap(payload).getInt(4));
        }
      }
    } catch (IOException e) {
      return last;
    }
  }

  void preface(int length) throws IOException {
    out.write(PREFACE, 0, length);
  }

  public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(9);
    header.putShort((short) (payload.length >> 8)).put((byte) payload.length);
    header.put((byte) type).put((byte) flags).putInt(stream);
    out.write(header.array());
    out.write(payload);
  }

  /** Opens a stream of the aggregated delta service. */
  public void call(int stream, int flags) throws IOException {
    frame(HEADERS, END_HEADERS | flags, stream, callHeaders());
  }

  /** A gRPC message in one DATA frame. */
  void message(int stream, MessageLite message) throws IOException {
    byte[] bytes = message.toByteArray();
    frame(
        DATA,
        0,
        stream,
        ByteBuffer.allocate(5 + bytes.length)
            .put((byte) 0)
            .putInt(bytes.length)
            .put(bytes)
            .array());
  }

  public void flush() throws IOException {
    out.flush();
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] setting(int id, int value) {
    return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
  }

  static byte[] callHeaders() {
    return headers(CALL, CONTENT);
  }

  /** HPACK, literals without indexing (RFC 7541, 6.2.2): pseudo-headers go first. */
  @SafeVarargs
  static byte[] headers(Map<String, String>... groups) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Map<String, String> group : groups) {
      group.forEach((name, value) -> {
        block.write(0);
        string(block, name);
        string(block, value);
      });
    }
    return block.toByteArray();
  }

  /** Its length in 7 bits, and more bytes of 7 bits where that is not enough. */
  static void string(ByteArrayOutputStream to, String text) {
    int rest = text.length() - 127;
    to.write(Math.min(127, text.length()));
    if (rest >= 0) {
      for (; rest >= 128; rest >>= 7) {
        to.write((rest & 127) | 128);
      }
      to.write(rest);
    }
    to.writeBytes(text.getBytes(US_ASCII));
  }

  /** Returns how many frames of a type have come. */
  long received(int type) {
    LongAdder count = received.get(type);
    return count == null ? 0 : count.sum();
  }

  /** The first header block that has come, packed; short strings are legible in it. */
  String firstHeaders() {
    return firstHeaders.join();
  }

  boolean ended() {
    return end.isDone();
  }

  /** Waits for the server to end it; null: without a word. */
  @Nullable Http2Error end() throws Exception {
    return end.get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
