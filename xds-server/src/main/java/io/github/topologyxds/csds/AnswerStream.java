package io.github.topologyxds.csds;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call on which one request is answered after the other: the next is read when the last answer
 * has been taken, so that who reads slowly makes nothing pile up.
 *
 * @param <Q> the requests
 * @param <A> the answers
 */
final class AnswerStream<Q, A> implements StreamObserver<Q> {
  private final ServerCallStreamObserver<A> call;
  private final Function<Q, CompletableFuture<A>> answers;

  // Guarded by this.
  private boolean answering;
  private boolean answered;
  private boolean halfClosed;

  private AnswerStream(
      ServerCallStreamObserver<A> call, Function<Q, CompletableFuture<A>> answers) {
    this.call = call;
    this.answers = answers;
  }

  /**
   * Begins to answer.
   *
   * @param answers the answer to a request, or a failure, which ends the call
   */
  static <Q, A> StreamObserver<Q> of(
      StreamObserver<A> observer, Function<Q, CompletableFuture<A>> answers) {
    ServerCallStreamObserver<A> call = (ServerCallStreamObserver<A>) observer;
    AnswerStream<Q, A> stream = new AnswerStream<>(call, answers);
    call.disableAutoRequest();
    call.setOnReadyHandler(stream::proceed);
    // Without it, an answer to a client that has gone is an exception.
    call.setOnCancelHandler(() -> {});
    call.request(1);
    return stream;
  }

  @Override
  public void onNext(Q request) {
    synchronized (this) {
      answering = true;
    }
    var unused = answers.apply(request).whenComplete(this::answer);
  }

  private synchronized void answer(@Nullable A answer, @Nullable Throwable failure) {
    answering = false;
    if (failure != null || answer == null) {
      call.onError(failure == null ? new IllegalStateException("no answer") : cause(failure));
      return;
    }
    call.onNext(answer);
    if (halfClosed) {
      call.onCompleted();
      return;
    }
    answered = true;
    proceed();
  }

  private synchronized void proceed() {
    if (answered && call.isReady()) {
      answered = false;
      call.request(1);
    }
  }

  /** Returns what made a stage fail. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  @Override
  public void onError(Throwable gone) {
    // The client has ended the call: there is nobody to tell anything.
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    if (!answering) {
      call.onCompleted();
    }
  }
}
