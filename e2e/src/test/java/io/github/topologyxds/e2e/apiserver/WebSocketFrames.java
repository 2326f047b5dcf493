package io.github.topologyxds.e2e.apiserver;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The server's side of a WebSocket, as RFC 6455 has it: binary messages, pings and the end. */
final class WebSocketFrames {
  /** RFC 6455, 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final DataInputStream in;
  private final OutputStream out;

  WebSocketFrames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** What the server's half of the handshake says to a {@code Sec-WebSocket-Key}. */
  static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The payload of the next frame with data; empty: the client has ended it. */
  Optional<byte[]> read() throws IOException {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0f;
        byte[] payload = payload();
        switch (opcode) {
          case CLOSE -> {
            return Optional.empty();
          }
          case PING -> write(PONG, payload, payload.length);
          case PONG -> {}
          default -> {
            return Optional.of(payload);
          }
        }
      }
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  /** A client's frames are masked. */
  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  /** Sends a message: the channel, and the first bytes of a buffer. */
  void send(int channel, byte[] bytes, int length) throws IOException {
    byte[] message = new byte[length + 1];
    message[0] = (byte) channel;
    System.arraycopy(bytes, 0, message, 1, length);
    write(BINARY, message, message.length);
  }

  /** Ends it in good order. */
  void sendClose() throws IOException {
    write(CLOSE, new byte[] {0x03, (byte) 0xe8}, 2);
  }

  private synchronized void write(int opcode, byte[] payload, int length) throws IOException {
    out.write(0x80 | opcode);
    if (length < 126) {
      out.write(length);
    } else {
      out.write(126);
      out.write(length >>> 8);
      out.write(length & 0xff);
    }
    out.write(payload, 0, length);
    out.flush();
  }
}
