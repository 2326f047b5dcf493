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
public final class Watcher {
  /** So often there is a comment, so that a reader that is gone is noticed. */
  private static final int TICKS_BETWEEN_COMMENTS = 30;

  private final ChannelHandlerContext connection;
  private final List<String> listings;
  private Map<String, Long> told;
  private @Nullable ChannelFuture writing;
  private int quiet;

  /**
   * Begins with an event that tells all of it, so that the reader need not ask whether it came too
   * late.
   */
  public Watcher(ChannelHandlerContext connection, List<String> listings, Map<String, Long> now) {
    this.connection = connection;
    this.listings = listings;
    this.told = Map.copyOf(now);
    write("retry: 2000\n" + event(listings));
  }

  /** Time has passed: tells what has changed, unless the last event has not left yet. */
  public void tick(Map<String, Long> now) {
    if (writing != null && !writing.isDone()) {
      return;
    }
    List<String> changed =
        listings.stream().filter(l -> !Objects.equals(now.get(l), told.get(l))).toList();
    quiet++;
    if (!changed.isEmpty()) {
      told = new TreeMap<>(now);
      write(event(changed));
    } else if (quiet >= TICKS_BETWEEN_COMMENTS) {
      write(":\n\n");
    }
  }

  private static String event(List<String> changed) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    var names = data.putArray("changed");
    changed.forEach(names::add);
    return "event: change\ndata: " + data + "\n\n";
  }

  private void write(String text) {
    quiet = 0;
    writing =
        connection.writeAndFlush(
            new DefaultHttpContent(ByteBufUtil.writeUtf8(connection.alloc(), text)));
  }
}
