package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.session.Departure;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Whether one stream may send: what it was sent before has left, and there is room among all that
 * is on its way on this loop. Who takes nothing of a response is cut.
 *
 * <p>Owner: the stream's event loop.
 */
public final class Backpressure {
  private final ServerCall<?, ?> call;
  private final Admission admission;
  private final StallWatch stall;
  private final @Nullable Connection connection;
  private final @Nullable LimitedCall<?, ?> limited;
  private Admission.@Nullable Grant grant;

  Backpressure(
      ServerCall<?, ?> call,
      Admission admission,
      StallWatch stall,
      @Nullable Connection connection,
      @Nullable LimitedCall<?, ?> limited) {
    this.connection = connection;
    this.limited = limited;
    this.call = call;
    this.admission = admission;
    this.stall = stall;
  }

  /** Returns whether the stream may send; if not, it is told when it may. */
  public boolean admits(Admission.Waiter stream, int resources) {
    return call.isReady() && admission.admits(stream, resources);
  }

  /** A response of so many bytes is about to be handed to gRPC. */
  public void sending(int bytes) {
    Admission.Grant granted = admission.sent(bytes);
    if (granted != null) {
      releaseGrant();
      grant = granted;
    }
  }

  /** The response of which {@link #sending} told was handed to gRPC. */
  public void sent() {
    if (!call.isReady()) {
      stall.begin();
    }
  }

  /** gRPC says that it may take a further response. */
  public void ready() {
    if (call.isReady()) {
      releaseGrant();
      stall.end();
    }
  }

  /** The client has said who it is: another stream of its connection may begin. */
  public void introduced() {
    if (limited != null) {
      limited.introduced();
    }
  }

  /** The client has asked for something that it did not ask for before. */
  public void asked() {
    if (limited != null && limited.client() != null) {
      limited.client().asked();
    }
  }

  /** Returns {@code IP:PORT} of the client's end of the connection; "" when unknown. */
  public String peer() {
    return Streams.peer(call);
  }

  /** Returns why a stream has ended that nobody has closed in good order. */
  public Departure cancelled() {
    return connection == null ? Departure.CONNECTION_LOST : connection.departure();
  }

  /** The stream is over. */
  public void leave(Admission.Waiter stream) {
    stall.end();
    releaseGrant();
    admission.leave(stream);
  }

  private void releaseGrant() {
    if (grant != null) {
      grant.release();
      grant = null;
    }
  }
}
