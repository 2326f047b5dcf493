package io.github.topologyxds.api.server;

import io.github.topologyxds.api.ApiFailure;
import io.github.topologyxds.lifecycle.Periodic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of changes: at most 32 at a time. While there is nobody, nothing is looked at. A
 * reader needs no thread; one that takes nothing for ten seconds of what was written is cut.
 *
 * <p>Owner: the port's thread.
 */
final class Watchers implements AutoCloseable {
  static final int MAX_WATCHERS = 32;

  /** A change is told within half a second: a page shall show it within two. */
  private static final Duration TICK = Duration.ofMillis(500);

  private static final int WRITE_LIMIT_SECONDS = 10;

  private final Revisions revisions;
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  /** Another thread reads it once the owner has ended. */
  private volatile @Nullable Periodic ticking;

  Watchers(Revisions revisions) {
    this.revisions = revisions;
  }

  /** What a watcher at this path is told of; empty: nothing there can be watched. */
  List<String> listings(List<String> path) {
    List<String> all = revisions.listings();
    if (path.isEmpty()) {
      return all;
    }
    return path.size() == 1 && all.contains(path.getFirst()) ? path : List.of();
  }

  /**
   * Begins to tell.
   *
   * @throws ApiFailure when there are as many as may be
   */
  void add(ChannelHandlerContext connection, List<String> listings) {
    if (watchers.size() >= MAX_WATCHERS) {
      throw new ApiFailure(
          ApiFailure.Kind.UNAVAILABLE,
          MAX_WATCHERS + " watch already, and no more may: close another page");
    }
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    Answer.secure(head.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    HttpUtil.setKeepAlive(head, false);
    connection.pipeline().remove(ReadTimeoutHandler.class);
    connection.pipeline().addFirst(new WriteTimeoutHandler(WRITE_LIMIT_SECONDS));
    var unused = connection.write(head);
    Watcher watcher = new Watcher(connection, listings, revisions);
    watchers.add(watcher);
    var unusedListener = connection.channel().closeFuture().addListener(closed -> remove(watcher));
    if (ticking == null) {
      EventExecutor owner = connection.executor();
      // What fails there fails here too, and so does not end it.
      ticking = Periodic.every(TICK, "api-watch", () -> owner.submit(this::tick).sync());
    }
  }

  private void remove(Watcher watcher) {
    watchers.remove(watcher);
    if (watchers.isEmpty()) {
      close();
    }
  }

  /** Looks no more; when the port's thread has ended, or there is nobody. */
  @Override
  public void close() {
    Periodic looking = ticking;
    ticking = null;
    if (looking != null) {
      looking.close();
    }
  }

  private void tick() {
    Map<String, Long> now = revisions.now();
    List.copyOf(watchers).forEach(watcher -> watcher.tick(now));
  }
}
