package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What has come in on one stream. */
final class Inbox<R> implements StreamObserver<R> {
  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final Function<R, Answer> reader;

  Inbox(Function<R, Answer> reader) {
    this.reader = reader;
  }

  @Override
  public void onNext(R response) {
    answers.add(reader.apply(response));
  }

  @Override
  public void onError(Throwable error) {
    end.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  /** The next response, which must be of this type. */
  Answer next(ResourceType type) throws InterruptedException {
    Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no response; the stream: " + end.getNow(Status.OK));
    }
    if (answer.type() != type) {
      throw new AssertionError("expected " + type + ", but next came " + answer);
    }
    return answer;
  }

  int waiting() {
    return answers.size();
  }

  boolean ended() {
    return end.isDone();
  }

  Status end() throws InterruptedException, ExecutionException, TimeoutException {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
