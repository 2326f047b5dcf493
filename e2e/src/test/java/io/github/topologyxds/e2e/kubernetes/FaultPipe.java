package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries connections to an API server, and can break or hold up all of them. Knows no TLS. */
final class FaultPipe implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flows = lock.newCondition();

  // Guarded by lock.
  private boolean hung;

  FaultPipe(InetSocketAddress target) throws IOException {
    this.target = target;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
    Thread.ofVirtual().name("pipe-accept").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Resets every connection; new ones are carried. */
  void cut() {
    for (Socket socket : List.copyOf(open)) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // It has come to its end by itself.
        open.remove(socket);
      }
    }
  }

  /** Carries nothing any more, and closes nothing: as a partition does. */
  void hang() {
    setHung(true);
  }

  void flow() {
    setHung(false);
  }

  private void setHung(boolean now) {
    lock.lock();
    try {
      hung = now;
      flows.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitFlow() throws InterruptedException {
    lock.lock();
    try {
      while (hung) {
        flows.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        open.add(near);
        Thread.ofVirtual().name("pipe").start(() -> carry(near));
      }
    } catch (IOException e) {
      // The pipe is closed.
      setHung(false);
    }
  }

  private void carry(Socket near) {
    try (near;
        Socket far = new Socket()) {
      awaitFlow();
      far.connect(target);
      open.add(far);
      Thread back = Thread.ofVirtual().name("pipe-back").start(() -> copy(far, near));
      copy(near, far);
      back.join();
      open.remove(far);
    } catch (IOException | InterruptedException e) {
      cut(near);
    } finally {
      open.remove(near);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitFlow();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      cut(from);
    }
    cut(to);
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not close", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    setHung(false);
    cut();
  }
}
