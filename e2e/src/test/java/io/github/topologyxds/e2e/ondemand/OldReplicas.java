package io.github.topologyxds.e2e.ondemand;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Service over an old replica and a new one, of which one is there at a time: behind it is one
 * server, and what clients say of their sidecars is made unreadable in turn, so that the server
 * does what one did that knew nothing of it.
 */
final class OldReplicas implements Closeable {
  private static final byte[] KNOWN = "on-demand".getBytes(StandardCharsets.ISO_8859_1);
  private static final int BUFFER = 64 << 10;

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final int server;
  private volatile boolean old;

  /** In front of a server on this port of loopback. */
  OldReplicas(int server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Returns how many connections there have been. */
  int connections() {
    return connections.get();
  }

  /** Every client connects anew, to the other replica. */
  void restart() throws IOException {
    old = !old;
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(upstream);
        connections.getAndIncrement();
        byte[] hidden = old ? KNOWN : new byte[0];
        Thread.ofVirtual().start(() -> copy(client, upstream, hidden));
        Thread.ofVirtual().start(() -> copy(upstream, client, new byte[0]));
      } catch (IOException e) {
        // Its client comes again.
      }
    }
  }

  private void copy(Socket from, Socket to, byte[] hidden) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hide(buffer, read, hidden);
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One of the two has ended.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void hide(byte[] buffer, int length, byte[] text) {
    for (int at = 0; text.length > 0 && at + text.length <= length; at++) {
      int same = 0;
      while (same < text.length && buffer[at + same] == text[same]) {
        same++;
      }
      if (same == text.length) {
        buffer[at] = 'x';
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    restart();
  }
}
