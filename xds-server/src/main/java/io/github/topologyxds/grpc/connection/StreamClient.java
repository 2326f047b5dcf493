package io.github.topologyxds.grpc.connection;

import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * What the client of one stream takes of it, told by HTTP/2's windows: what it has granted, less
 * what is left of that. The bytes of a connection do not tell: they may be another stream's.
 *
 * <p>Owner: the connection's event loop.
 */
final class StreamClient implements StallWatch.Client {
  private final Connection connection;
  private final Http2RemoteFlowController windows;
  private final Http2Stream stream;
  private long granted;

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
