package io.github.topologyxds.logging;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose bytes this thread is at. A library that finds fault with them does not say in its line
 * whose they are; so the log does, and limits what one connection can write.
 */
public final class CurrentClient {
  /**
   * The logger that tells which clients come and go: at most 20 lines a second and their number.
   */
  public static final String LOGGER = "io.github.topologyxds.clients";

  private static final ThreadLocal<@Nullable SocketAddress> ADDRESS = new ThreadLocal<>();

  private CurrentClient() {}

  /** From here on the thread handles what this client has sent; null: nobody's any more. */
  public static void is(@Nullable SocketAddress client) {
    ADDRESS.set(client);
  }

  /**
   * Does something that a client (null: nobody knows which) has caused, where the thread is not at
   * its bytes.
   */
  public static void causes(@Nullable SocketAddress client, Runnable task) {
    SocketAddress before = ADDRESS.get();
    ADDRESS.set(client);
    try {
      task.run();
    } finally {
      ADDRESS.set(before);
    }
  }

  static @Nullable SocketAddress address() {
    return ADDRESS.get();
  }
}
