package io.github.topologyxds.grpc.connection;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;

/** gRPC's callbacks of one stream, all on its event loop. No exception gets back into gRPC. */
public final class CallListener extends ServerCall.Listener<InputStream> {
  private final Receiver stream;
  private final Runnable onEnd;

  /** A stream that takes its requests as bytes. */
  public interface Receiver {
    /** A request has come; the next one comes when the call is asked for it. */
    void receive(InputStream message);

    /** What was sent has left, or there is room for more. */
    void ready();

    /** Ends the stream in good order, and tells whom it concerns. */
    void end(Status status);

    /** The client, or its connection, is gone. */
    void cancelled();

    /** A defect of ours has come to light: the stream ends. */
    void fail(RuntimeException defect);
  }

  /**
   * Asks for the first request.
   *
   * @param onEnd runs once, when the stream is over
   */
  public CallListener(Receiver stream, ServerCall<InputStream, ?> call, Runnable onEnd) {
    this.stream = stream;
    this.onEnd = onEnd;
    call.request(1);
  }

  @Override
  public void onMessage(InputStream message) {
    guarded(() -> stream.receive(message));
  }

  @Override
  public void onReady() {
    guarded(stream::ready);
  }

  @Override
  public void onHalfClose() {
    stream.end(Status.OK);
  }

  @Override
  public void onCancel() {
    stream.cancelled();
    onEnd.run();
  }

  /** What was closed has left: {@link Receiver#end} has told all. */
  @Override
  public void onComplete() {
    onEnd.run();
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      stream.fail(e);
    }
  }
}
