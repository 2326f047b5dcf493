package io.github.topologyxds.delivery.grpc;

import io.grpc.Status;

/** A stream that can be ended from outside. */
interface OpenStream {
  /** Ends the stream. Any thread. */
  void close(Status status);
}
