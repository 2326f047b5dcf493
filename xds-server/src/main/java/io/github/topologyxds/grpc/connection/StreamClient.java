package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.RequestPace;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * What the client of one stream takes of it, told by HTTP/2's windows: what it has granted, less
 * what is left of that. The bytes of a connection do not tell: they may be another stream's. And
 * what small frames it may send for what it has asked.
 *
 * <p>Owner: the connection's event loop.
 */
final class StreamClient implements StallWatch.Client {
  /** The request itself, the ACK of its answer, and the end of the subscription. */
  private static final int FRAMES_OF_A_REQUEST = 3;

  /** For as many requests as may come at once. */
  private static final int MAX_FRAMES = FRAMES_OF_A_REQUEST * RequestPace.MAX_BURST;

  private final Connection connection;
  private final Http2RemoteFlowController windows;
  private final Http2Stream stream;
  private long granted;
  private int frames;

  StreamClient(Connection connection, Http2RemoteFlowController windows, Http2Stream stream) {
    this.connection = connection;
    this.windows = windows;
    this.stream = stream;
  }

  /** Its requests may come in large pieces now. */
  void widen() {
    connection.widen(stream);
  }

  /** A WINDOW_UPDATE has come for the stream. */
  void granted(int bytes) {
    granted += bytes;
  }

  /** It asks for something that it did not ask for before. */
  void asked() {
    frames = Math.min(MAX_FRAMES, frames + FRAMES_OF_A_REQUEST);
    connection.asked();
  }

  /** Returns whether a small frame has come that its requests make up for. */
  boolean isOwed() {
    boolean owed = frames > 0;
    frames -= owed ? 1 : 0;
    return owed;
  }

  /** Right also after other SETTINGS: they move the window of every stream by the difference. */
  @Override
  public long taken() {
    return granted + windows.initialWindowSize() - windows.windowSize(stream);
  }

  @Override
  public void abort() {
    connection.abort();
  }
}
