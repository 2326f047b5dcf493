package io.github.topologyxds.demo.load;

import io.github.topologyxds.demo.backend.EchoBackend;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that is kept alive, for one thread. The JDK's own client refuses to set
 * the Host header, and hides when it takes a new connection.
 */
final class HttpConnection implements AutoCloseable {
  /**
   * An answer.
   *
   * @param backend the header x-backend, "" where it is missing
   */
  record Answer(int status, String backend) {}

  private static final int BAD = -1;

  private final Socket socket;
  private final InputStream in;
  private boolean keptAlive = true;

  private HttpConnection(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /** The timeout counts for the connection and then for each read. */
  static HttpConnection open(InetSocketAddress address, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) timeout.toMillis());
      socket.connect(address, (int) timeout.toMillis());
      return new HttpConnection(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether the peer lets the connection be used again. */
  boolean keptAlive() {
    return keptAlive;
  }

  Answer exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String statusLine = line();
    if (!statusLine.matches("HTTP/1\\.[01] [0-9]{3}.*")) {
      throw new IOException("no HTTP answer: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    String backend = "";
    long length = BAD;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case EchoBackend.BACKEND_HEADER -> backend = value;
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> keptAlive = !value.equalsIgnoreCase("close");
        default -> {}
      }
    }
    skipBody(chunked ? Body.CHUNKED : Body.PLAIN, length);
    return new Answer(status, backend);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private enum Body {
    PLAIN,
    CHUNKED
  }

  private void skipBody(Body body, long length) throws IOException {
    switch (body) {
      case PLAIN -> in.skipNBytes(length == BAD ? 0 : length);
      case CHUNKED -> {
        long size;
        do {
          size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
          in.skipNBytes(size);
          line();
        } while (size > 0);
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed before the answer's end");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
