package io.github.topologyxds.e2e.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * What lies between clients and a server that is replaced by another now and then: the way that a
 * Service has. Clients connect to the one that is there.
 */
public final class ServerLink implements Closeable {
  private static final int PIECE = 5_000;
  private static final Duration EACH = Duration.ofMillis(100);

  /** How fast it is, from the server to clients. */
  public enum Pace {
    FULL,
    /** 50 kB a second, and no more. */
    SLOW
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();
  private final IntSupplier server;
  private final Pace pace;

  /** To whichever server is there, by its port on loopback. */
  public ServerLink(IntSupplier server, Pace pace) throws IOException {
    this.server = server;
    this.pace = pace;
    Thread.ofVirtual().start(this::accept);
  }

  /** Where clients connect to, on loopback. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Returns how many bytes clients have got. */
  public long carried() {
    return carried.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket upstream = new Socket()) {
      if (pace == Pace.SLOW) {
        // What is not read here must not lie in this machine's buffers instead.
        upstream.setReceiveBufferSize(PIECE);
      }
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getAsInt()));
      open.add(upstream);
      Thread.ofVirtual().start(() -> copyAtOnce(client, upstream));
      InputStream in = upstream.getInputStream();
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        client.getOutputStream().write(piece, 0, read);
        carried.addAndGet(read);
        if (pace == Pace.SLOW) {
          Thread.sleep(EACH.multipliedBy(read).dividedBy(PIECE));
        }
      }
      open.remove(upstream);
    } catch (IOException e) {
      // One of the two has ended; the client comes again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.remove(client);
  }

  private static void copyAtOnce(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction hears of it.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
