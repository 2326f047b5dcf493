package io.github.topologyxds.grpc.connection;

import io.grpc.Status;

/** A stream that can be ended from outside. */
public interface OpenStream {
  /** Ends the stream. Any thread. */
  void close(Status status);
}
