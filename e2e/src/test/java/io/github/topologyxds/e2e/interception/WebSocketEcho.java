package io.github.topologyxds.e2e.interception;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A server that returns the first short text of each websocket (RFC 6455), and a client of it. */
final class WebSocketEcho implements Closeable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 0x81;

  private final ServerSocket server;

  WebSocketEcho(String address) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName(address));
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns what comes back for a text. */
  static String ask(String uri, String text) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket.Listener listener =
          new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
              answer.complete(data.toString());
              return CompletableFuture.completedStage(null);
            }
          };
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(uri), listener)
              .get(8, TimeUnit.SECONDS);
      socket.sendText(text, true).get(8, TimeUnit.SECONDS);
      String got = answer.get(8, TimeUnit.SECONDS);
      socket.abort();
      return got;
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        echo(socket);
      } catch (IOException | GeneralSecurityException e) {
        // The next one.
      }
    }
  }

  private static void echo(Socket socket) throws IOException, GeneralSecurityException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key: ")) {
        key = line.substring("sec-websocket-key: ".length());
      }
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(hash)
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    in.readUnsignedByte();
    byte[] payload = new byte[in.readUnsignedByte() & 0x7f];
    byte[] mask = in.readNBytes(4);
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    socket.getOutputStream().write(new byte[] {(byte) TEXT, (byte) payload.length});
    socket.getOutputStream().write(payload);
    in.read();
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
