package io.github.topologyxds.grpc.connection;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call that reads nothing before it is opened, and that we may end from outside: what its handler
 * still says then goes nowhere.
 *
 * <p>Owner: the event loop of the call's connection.
 */
final class GatedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private boolean open;
  private boolean closed;
  private int requested;

  GatedCall(ServerCall<Q, R> call) {
    super(call);
  }

  /** Lets in what was requested meanwhile. */
  void open() {
    open = true;
    if (requested > 0 && !closed) {
      super.request(requested);
    }
  }

  @Override
  public void request(int messages) {
    if (open) {
      super.request(messages);
    } else {
      requested += messages;
    }
  }

  @Override
  public boolean isReady() {
    return !closed && super.isReady();
  }

  @Override
  public void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public void sendMessage(R message) {
    if (!closed) {
      super.sendMessage(message);
    }
  }

  /** The client is gone: a word to it now would end the connection, with its other streams. */
  void over() {
    closed = true;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (!closed) {
      closed = true;
      super.close(status, trailers);
    }
  }
}
