package io.github.topologyxds.api.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One reader of server-sent events (WHATWG HTML, 9.2). It is told what has changed since it was
 * told last, and never how often: who reads slowly misses nothing, and makes nothing pile up.
 *
 * <p>Owner: the port's thread.
 */
final class Watcher {
  /** So often there is a comment, so that a reader that is gone is noticed. */
  private static final int TICKS_BETWEEN_COMMENTS = 30;

  /** Of more, a reader would do better to read all again. */
  private static final int MAX_NAMED = 50;

  private final ChannelHandlerContext connection;
  private final Revisions revisions;
  private final List<String> listings;
  private Map<String, Long> told;
  private @Nullable ChannelFuture writing;
  private int quiet;

  /**
   * Begins with an event that tells all of it, so that the reader need not ask whether it came too
   * late.
   */
  Watcher(ChannelHandlerContext connection, List<String> listings, Revisions revisions) {
    this.connection = connection;
    this.revisions = revisions;
    this.listings = listings;
    this.told = revisions.now();
    write("retry: 2000\n" + event(data(listings)));
  }

  /** Time has passed: tells what has changed, unless the last event has not left yet. */
  void tick(Map<String, Long> now) {
    if (writing != null && !writing.isDone()) {
      return;
    }
    List<String> changed =
        listings.stream().filter(l -> !Objects.equals(now.get(l), told.get(l))).toList();
    quiet++;
    if (!changed.isEmpty()) {
      ObjectNode data = data(changed);
      changed.forEach(listing -> name(listing, data));
      told = new TreeMap<>(now);
      write(event(data));
    } else if (quiet >= TICKS_BETWEEN_COMMENTS) {
      write(":\n\n");
    }
  }

  private static ObjectNode data(List<String> changed) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    var listings = data.putArray("changed");
    changed.forEach(listings::add);
    return data;
  }

  /** Adds what of a listing has changed, where that is known and little. */
  private void name(String listing, ObjectNode data) {
    revisions
        .changed(listing, told.getOrDefault(listing, 0L))
        .filter(names -> names.size() <= MAX_NAMED)
        .ifPresent(names -> {
          var array = data.putArray(listing);
          names.forEach(name -> array.add(name.toString()));
        });
  }

  private static String event(ObjectNode data) {
    return "event: change\ndata: " + data + "\n\n";
  }

  private void write(String text) {
    quiet = 0;
    writing =
        connection.writeAndFlush(
            new DefaultHttpContent(ByteBufUtil.writeUtf8(connection.alloc(), text)));
  }
}
