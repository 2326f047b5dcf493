package io.github.topologyxds.e2e.interception;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The rest of the world: whatever address it has, it answers there. */
final class Outside {
  static final String NAME = "outside";
  static final String READY = "outside is ready";

  /** Where it speaks first. */
  static final int GREETS = 7000;

  /** Where kube-proxy's rules of the tests lead. */
  static final int KUBE_PROXY = 7080;

  /** Where it answers datagrams. */
  static final int ECHOES = 7053;

  private Outside() {}

  /** Serves until its input ends. */
  public static void main(String[] arguments) throws IOException {
    EchoBackend.start(new BackendSpec(NAME, "", "", "::", 80));
    EchoBackend.start(new BackendSpec("kube-proxy", "", "", "::", KUBE_PROXY));
    try (ServerSocket greeting = new ServerSocket();
        DatagramSocket echoing = new DatagramSocket(new InetSocketAddress("::", ECHOES))) {
      greeting.bind(new InetSocketAddress("::", GREETS));
      Thread.ofVirtual().start(() -> greet(greeting, "220 " + NAME));
      Thread.ofVirtual().start(() -> Datagrams.answer(echoing));
      System.out.println(READY);
      while (System.in.read() >= 0) {
        // Nobody writes: the end is what is waited for.
      }
    }
    System.exit(0);
  }

  /** Speaks first on every connection, and then returns what it is sent. */
  static void greet(ServerSocket server, String text) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, text));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket, String text) {
    try (socket) {
      socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
