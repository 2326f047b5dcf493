package io.github.topologyxds.e2e.apiserver;

import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts connections on loopback, a virtual thread each. Can go away and come back. */
final class Listener {
  private static final int BACKLOG = 1024;

  private final Consumer<Socket> connection;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  // Guarded by the monitor of this.
  private @Nullable ServerSocket server;
  private @Nullable Thread acceptor;
  private int port;

  Listener(Consumer<Socket> connection) {
    this.connection = connection;
  }

  /** Listens; from the second time on at the port of the first. */
  synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      // Not an ephemeral one: a client's connection could have taken it when we come back.
      port = port == 0 ? FreePorts.next() : port;
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      server = socket;
      acceptor = Thread.ofVirtual().name("apiserver-accept").start(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " is not to be had", e);
    }
  }

  /** Stops to listen, and closes what is open: as when the process dies. */
  synchronized void stop() {
    if (server != null) {
      close(server);
      server = null;
    }
    open.forEach(Listener::close);
    awaitAcceptor();
  }

  /** The port is not free before whoever accepts has left. */
  private void awaitAcceptor() {
    try {
      if (acceptor != null && !acceptor.join(Duration.ofSeconds(5))) {
        throw new IllegalStateException("port " + port + " is still accepted from");
      }
      acceptor = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int openConnections() {
    return open.size();
  }

  synchronized int port() {
    return port;
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        open.add(accepted);
        Thread.ofVirtual().name("apiserver-connection").start(() -> serve(accepted));
        if (socket.isClosed()) {
          // Accepted while stop() went through the open ones.
          close(accepted);
        }
      } catch (IOException e) {
        // Closed: the loop sees it. Out of files: the next accept says so again.
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      connection.accept(accepted);
    } catch (IOException e) {
      // It is closed one way or the other.
      Thread.onSpinWait();
    } finally {
      open.remove(accepted);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
