package io.github.topologyxds.demo.captured;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Connections as they come to a sidecar that was not asked: it is told where they were going. */
public final class Captured {
  private static final int PATIENCE_MILLIS = 8000;

  private final int port;

  /** Of the listener. */
  public Captured(int port) {
    this.port = port;
  }

  /** Opens a connection that was going to this address and port. */
  public Socket open(String address, int number) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    write(socket, "PROXY TCP4 192.0.2.7 " + address + " 40000 " + number + "\r\n");
    return socket;
  }

  /** Sends a GET there, and returns all that comes back until the end. */
  public String get(String address, int number, String host) throws IOException {
    try (Socket socket = open(address, number)) {
      write(socket, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends text as it is, byte by character. */
  public static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
