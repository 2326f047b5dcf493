package io.github.topologyxds.grpc.ads;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;

/** gRPC's callbacks of one stream, all on its event loop. No exception gets back into gRPC. */
final class AdsListener extends ServerCall.Listener<InputStream> {
  private final AdsStream stream;
  private final Runnable onEnd;

  AdsListener(AdsStream stream, ServerCall<InputStream, ?> call, Runnable onEnd) {
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

  /** What was closed has left: {@link AdsStream#end} has told all. */
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
