package io.github.topologyxds.grpc.connection;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that its address may have: it begins when its connection has room for it, and nothing of
 * it is read until then.
 *
 * <p>Owner: the event loop of its connection.
 *
 * @param <Q> the request's class
 * @param <A> the response's class
 */
final class LimitedCall<Q, A> extends ServerCall.Listener<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedCall.class);
  private static final Context.Key<LimitedCall<?, ?>> CURRENT = Context.key("limited-call");

  /**
   * Where its stream is.
   *
   * @param connection its connection's streams
   * @param client its client's end; null when it is not known
   */
  record Place(ConnectionStreams connection, @Nullable StreamClient client) {}

  private final ServerCall<Q, A> call;
  private final Metadata headers;
  private final ServerCallHandler<Q, A> next;
  private final Place place;
  private final Runnable onEnd;
  private final Context context = Context.current().withValue(CURRENT, this);
  private ServerCall.@Nullable Listener<Q> begun;
  private boolean ready;
  private boolean halfClosed;

  /**
   * Has not begun.
   *
   * @param onEnd runs once, when it is over
   */
  LimitedCall(
      ServerCall<Q, A> call,
      Metadata headers,
      ServerCallHandler<Q, A> next,
      Place place,
      Runnable onEnd) {
    this.call = call;
    this.headers = headers;
    this.next = next;
    this.place = place;
    this.onEnd = onEnd;
  }

  /** Returns the call that begins, or of which something has come; null: it is none of these. */
  static @Nullable LimitedCall<?, ?> current() {
    return CURRENT.get();
  }

  /** Returns the client's end of its stream; null when it is not known. */
  @Nullable StreamClient client() {
    return place.client();
  }

  /** Its client has said who it is. */
  void introduced() {
    place.connection().isNotUnknown(this);
  }

  /** Begins, and hears what has come meanwhile. */
  void begin() {
    context.run(this::start);
  }

  private void start() {
    try {
      if (place.client() != null) {
        place.client().widen();
      }
      // What is here already would come in the middle of this, to nobody.
      GatedCall<Q, A> gated = new GatedCall<>(call);
      ServerCall.Listener<Q> listener = next.startCall(gated, headers);
      begun = listener;
      gated.open();
      if (ready) {
        listener.onReady();
      }
      if (halfClosed) {
        listener.onHalfClose();
      }
    } catch (RuntimeException e) {
      LOG.error("a stream is closed after a defect of ours", e);
      call.close(Status.INTERNAL.withDescription("internal error"), new Metadata());
    }
  }

  @Override
  public void onReady() {
    ready = true;
    if (begun != null) {
      begun.onReady();
    }
  }

  @Override
  public void onMessage(Q message) {
    if (begun != null) {
      begun.onMessage(message);
    }
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    if (begun != null) {
      begun.onHalfClose();
    }
  }

  @Override
  public void onCancel() {
    if (begun != null) {
      begun.onCancel();
    }
    ended();
  }

  @Override
  public void onComplete() {
    if (begun != null) {
      begun.onComplete();
    }
    ended();
  }

  private void ended() {
    onEnd.run();
    place.connection().isNotUnknown(this);
  }
}
