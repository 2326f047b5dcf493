package io.github.topologyxds.demo.captured;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connections as they come to a sidecar that was not asked: it is told where they were going. */
public final class Captured {
  private static final int PATIENCE_MILLIS = 8000;

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

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

  /** Sends a GET there, and returns its answer: status line, headers and body. */
  public String get(String address, int number, String host) throws IOException {
    try (Socket socket = open(address, number)) {
      return get(socket, host);
    }
  }

  /**
   * Sends a GET that names this host, and returns its answer. Does not wait for the connection's
   * end, which Envoy leaves to the client for a second after an answer of its own
   * (delayed_close_timeout).
   */
  static String get(Socket socket, String host) throws IOException {
    write(socket, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    for (int read = in.read(); read >= 0; read = in.read()) {
      answer.append((char) read);
      if (read == '\n' && answer.indexOf("\r\n\r\n") >= 0) {
        Matcher length = CONTENT_LENGTH.matcher(answer);
        byte[] body =
            length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return answer + new String(body, StandardCharsets.ISO_8859_1);
      }
    }
    return answer.toString();
  }

  /** Sends text as it is, byte by character. */
  public static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
