package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.github.topologyxds.kubernetes.WatchLines.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An open watch. One thread reads; closing it from there ends the connection. */
public final class WatchStream implements AutoCloseable {
  private static final Duration REST_WITHIN = Duration.ofSeconds(5);

  private final AsyncBody body;
  private final WatchLines lines;
  private final Unreachable unreachable;
  private final Future<Void> end;

  WatchStream(AsyncBody body, WatchLines lines, Unreachable unreachable) {
    this.unreachable = unreachable;
    this.body = body;
    this.lines = lines;
    this.end =
        body.done()
            .whenComplete((nothing, error) -> {
              if (error == null) {
                lines.ended();
              } else {
                lines.ended(error);
              }
            });
    body.consume();
  }

  /**
   * Waits for the next line.
   *
   * @return empty when the server has ended the watch
   * @throws ApiFailure when the connection broke, or nothing came within the limit
   */
  public Optional<String> next(Duration limit) throws ApiFailure, InterruptedException {
    Item item = lines.items().poll();
    if (item == null) {
      body.consume();
      item = lines.items().poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
    return switch (item) {
      case null ->
          throw new ApiFailure(
              ApiFailure.Kind.SILENT, "has not ended a watch that should have ended");
      case Item.Line(String text) -> Optional.of(text);
      case Item.End() -> Optional.empty();
      case Item.Broken(Throwable cause) -> throw unreachable.because(cause);
      case Item.TooLong() ->
          throw new ApiFailure(ApiFailure.Kind.UNREADABLE, "sends a line of more than 32 MiB");
    };
  }

  /** Returns what remains of a short body, such as that of a refusal. */
  byte[] rest() throws InterruptedException {
    StringBuilder rest = new StringBuilder();
    long end = System.nanoTime() + REST_WITHIN.toNanos();
    try {
      Optional<String> line = next(REST_WITHIN);
      while (line.isPresent() && rest.length() < 1 << 16) {
        rest.append(line.get()).append('\n');
        line = next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (ApiFailure e) {
      // The status code says enough.
      return rest.toString().getBytes(StandardCharsets.UTF_8);
    }
    return rest.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (!end.isDone()) {
      body.cancel();
    }
  }
}
