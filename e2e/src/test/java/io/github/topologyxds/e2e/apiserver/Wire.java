package io.github.topologyxds.e2e.apiserver;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on a socket, written out by hand: a library would mend the very things that the faults
 * are about (a chunk that is shorter than it says, a reset, silence).
 */
final class Wire {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** The next request; null when the client is done. */
  @Nullable Request read() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3) {
      throw new IOException("no request line: " + first);
    }
    Map<String, String> headers = new HashMap<>();
    String header = line();
    while (header != null && !header.isEmpty()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
      header = line();
    }
    int question = words[1].indexOf('?');
    String path = question < 0 ? words[1] : words[1].substring(0, question);
    String query = question < 0 ? "" : words[1].substring(question + 1);
    return new Request(words[0], path, query, Map.copyOf(headers), body(headers));
  }

  /** A whole answer. */
  void answer(Answer.Content content) throws IOException {
    head(content, "Content-Length: " + content.body().length);
    out.write(content.body());
    out.flush();
  }

  /** Agrees to a WebSocket; what follows on the connection are its frames. */
  WebSocketFrames webSocket(Request request, String protocol) throws IOException {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + WebSocketFrames.accept(request.header("Sec-WebSocket-Key"))
            + "\r\nSec-WebSocket-Protocol: "
            + protocol
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return new WebSocketFrames(in, out);
  }

  /** The head of an answer of which nobody knows how long it is. The connection ends with it. */
  void startChunks(Answer.Content content) throws IOException {
    head(content, "Transfer-Encoding: chunked\r\nConnection: close");
    out.flush();
  }

  void chunk(byte[] bytes) throws IOException {
    announce(bytes.length);
    out.write(bytes);
    out.write('\r');
    out.write('\n');
    out.flush();
  }

  /** Announces a chunk, sends half of it, and leaves. */
  void truncatedChunk(byte[] bytes) throws IOException {
    announce(bytes.length);
    out.write(bytes, 0, bytes.length / 2);
    out.flush();
    end(Ending.CUT);
  }

  void end(Ending ending) throws IOException {
    switch (ending) {
      case CLEAN -> {
        announce(0);
        out.write('\r');
        out.write('\n');
        out.flush();
      }
      case CUT -> {}
      // Without a time to linger, close sends RST and throws away what is not yet sent.
      case RESET -> socket.setSoLinger(true, 0);
    }
    socket.close();
  }

  /** Waits until the client closes its side, and returns then. Only for a body without end. */
  void awaitClientGone() throws IOException {
    while (in.read() >= 0) {
      // A client that talks on during a watch has nothing to say that matters.
    }
  }

  private void head(Answer.Content content, String framing) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(content.status()).append(" x\r\n");
    content.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append(framing).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void announce(int length) throws IOException {
    out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private String body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return text(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length = chunkLength();
    while (length > 0) {
      body.writeBytes(in.readNBytes(length));
      line();
      length = chunkLength();
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunkLength() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the body ended within its chunks");
    }
    return Integer.parseInt(line.strip(), 16);
  }

  private String text(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
