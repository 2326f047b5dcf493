package io.github.topologyxds.demo.backend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that swallows connection attempts, as one behind a broken network does: they are
 * neither taken nor refused. It listens with a queue of one, fills that queue itself and accepts
 * nobody; Linux drops a SYN when the accept queue is full (tcp_conn_request; needs
 * net.ipv4.tcp_abort_on_overflow 0, the default).
 */
public final class SwallowingBackend implements AutoCloseable {
  private static final int FILL_TIMEOUT_MS = 150;
  private static final int MAX_QUEUED = 16;

  private final ServerSocket listening;

  /** Belongs to the thread that starts and closes. */
  private final List<Socket> queue = new ArrayList<>();

  private SwallowingBackend(ServerSocket listening) {
    this.listening = listening;
  }

  /**
   * Starts one whose queue is full.
   *
   * @throws IOException when the address cannot be listened on, or goes on taking connections
   */
  public static SwallowingBackend start(InetSocketAddress address) throws IOException {
    ServerSocket listening = new ServerSocket();
    SwallowingBackend backend = new SwallowingBackend(listening);
    try {
      listening.setReuseAddress(true);
      listening.bind(address, 1);
      backend.fill(address);
      return backend;
    } catch (IOException e) {
      backend.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queue) {
      socket.close();
    }
    listening.close();
  }

  private void fill(InetSocketAddress address) throws IOException {
    for (int i = 0; i < MAX_QUEUED; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(address, FILL_TIMEOUT_MS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException(address + " goes on taking connections: its queue cannot be filled");
  }
}
