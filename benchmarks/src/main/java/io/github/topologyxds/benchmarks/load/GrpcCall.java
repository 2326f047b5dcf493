package io.github.topologyxds.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection with a gRPC call on it whose responses are read, and at most another whose
 * are not, and nothing that such calls do not need, so that thousands fit beside the server.
 * Windows are Envoy's 16 MiB; the server's are not counted: requests are far smaller.
 *
 * <p>Owner: the connection's event loop.
 */
// A write that fails ends the connection, of which we hear.
@SuppressWarnings("FutureReturnValueIgnored")
final class GrpcCall extends ByteToMessageDecoder {
  private static final int FRAME_HEADER = 9;
  private static final int MAX_FRAME = 16 << 10;
  private static final int WINDOW = 16 << 20;
  private static final int INITIAL_WINDOW = 65_535;
  private static final int MESSAGE_HEADER = 5;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private static final int CALL = 1;
  private static final int SECOND_CALL = 3;

  private final String path;
  private final Receiver receiver;
  private final byte[] head = new byte[MESSAGE_HEADER];
  private int headFilled;
  private byte @Nullable [] message;
  private int filled;
  private int unreported;
  private boolean ended;

  /** What a call tells. */
  interface Receiver {
    void opened(GrpcCall call, ChannelHandlerContext context);

    void message(byte[] message);

    void ended(String why);
  }

  /** A call that is open. */
  record Line(GrpcCall call, ChannelHandlerContext context) {
    void send(byte[] request) {
      call.send(context, request);
    }
  }

  GrpcCall(String path, Receiver receiver) {
    this.path = path;
    this.receiver = receiver;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf out = context.alloc().buffer();
    out.writeCharSequence("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII);
    frame(out, 18, SETTINGS, 0).writeInt(0);
    // No header table, no pushes, the window.
    out.writeShort(1).writeInt(0).writeShort(2).writeInt(0).writeShort(4).writeInt(WINDOW);
    frame(out, Integer.BYTES, WINDOW_UPDATE, 0).writeInt(0).writeInt(WINDOW - INITIAL_WINDOW);
    head(context, out, CALL, path);
    context.writeAndFlush(out, context.voidPromise());
    receiver.opened(this, context);
  }

  /** Opens the second call. */
  void openSecond(ChannelHandlerContext context, String secondPath) {
    ByteBuf out = context.alloc().buffer();
    head(context, out, SECOND_CALL, secondPath);
    context.writeAndFlush(out, context.voidPromise());
  }

  private static void head(ChannelHandlerContext context, ByteBuf out, int stream, String path) {
    ByteBuf headers = context.alloc().buffer();
    header(headers, ":method", "POST");
    header(headers, ":scheme", "http");
    header(headers, ":path", path);
    header(headers, ":authority", "load");
    header(headers, "content-type", "application/grpc");
    header(headers, "te", "trailers");
    frame(out, headers.readableBytes(), HEADERS, END_HEADERS).writeInt(stream).writeBytes(headers);
    headers.release();
  }

  private static ByteBuf frame(ByteBuf out, int length, int type, int flags) {
    return out.writeMedium(length).writeByte(type).writeByte(flags);
  }

  /** Literal, in no table. */
  private static void header(ByteBuf out, String name, String value) {
    out.writeByte(0).writeByte(name.length());
    out.writeCharSequence(name, StandardCharsets.US_ASCII);
    out.writeByte(value.length());
    out.writeCharSequence(value, StandardCharsets.US_ASCII);
  }

  /** Sends a request. */
  void send(ChannelHandlerContext context, byte[] request) {
    send(context, CALL, request);
  }

  /** Sends a request of the second call. */
  void sendSecond(ChannelHandlerContext context, byte[] request) {
    send(context, SECOND_CALL, request);
  }

  private static void send(ChannelHandlerContext context, int stream, byte[] request) {
    int total = MESSAGE_HEADER + request.length;
    ByteBuf body = context.alloc().buffer(total);
    body.writeByte(0).writeInt(request.length).writeBytes(request);
    int frames = 1 + total / MAX_FRAME;
    ByteBuf out = context.alloc().buffer(total + frames * FRAME_HEADER);
    while (body.isReadable()) {
      int length = Math.min(MAX_FRAME, body.readableBytes());
      frame(out, length, DATA, 0).writeInt(stream).writeBytes(body, length);
    }
    body.release();
    context.writeAndFlush(out, context.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (in.readableBytes() >= FRAME_HEADER) {
      int length = in.getUnsignedMedium(in.readerIndex());
      if (in.readableBytes() < FRAME_HEADER + length) {
        return;
      }
      in.skipBytes(3);
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      take(context, new Frame(type, flags, stream, in.readSlice(length)));
    }
  }

  private record Frame(int type, int flags, int stream, ByteBuf payload) {}

  private void take(ChannelHandlerContext context, Frame frame) {
    switch (frame.type()) {
      case DATA -> {
        // Of the second call some bytes in a minute come, which its windows have room for.
        if (frame.stream() == CALL) {
          data(context, frame.payload());
        }
      }
      case SETTINGS -> {
        if ((frame.flags() & ACK) == 0) {
          context.writeAndFlush(
              frame(context.alloc().buffer(), 0, SETTINGS, ACK).writeInt(0), context.voidPromise());
        }
      }
      case PING -> {
        if ((frame.flags() & ACK) == 0) {
          context.writeAndFlush(
              frame(context.alloc().buffer(), Long.BYTES, PING, ACK)
                  .writeInt(0)
                  .writeLong(frame.payload().readLong()),
              context.voidPromise());
        }
      }
      case HEADERS -> {
        if ((frame.flags() & END_STREAM) != 0) {
          // Header names and values stand there as they are, or Huffman coded.
          end(context, "trailers: " + frame.payload().toString(StandardCharsets.ISO_8859_1));
        }
      }
      case RESET -> end(context, "RST_STREAM " + frame.payload().readInt());
      case GO_AWAY -> end(context, "GOAWAY");
      default -> {}
    }
  }

  private void data(ChannelHandlerContext context, ByteBuf payload) {
    unreported += payload.readableBytes();
    if (unreported >= WINDOW / 4) {
      ByteBuf out = context.alloc().buffer();
      frame(out, Integer.BYTES, WINDOW_UPDATE, 0).writeInt(0).writeInt(unreported);
      frame(out, Integer.BYTES, WINDOW_UPDATE, 0).writeInt(1).writeInt(unreported);
      unreported = 0;
      context.writeAndFlush(out, context.voidPromise());
    }
    while (payload.isReadable()) {
      byte[] current = message;
      if (current == null) {
        head[headFilled++] = payload.readByte();
        if (headFilled == MESSAGE_HEADER) {
          headFilled = 0;
          filled = 0;
          message = new byte[lengthInHead()];
        }
        continue;
      }
      int part = Math.min(current.length - filled, payload.readableBytes());
      payload.readBytes(current, filled, part);
      filled += part;
      if (filled == current.length) {
        message = null;
        receiver.message(current);
      }
    }
  }

  private int lengthInHead() {
    return (head[1] & 255) << 24 | (head[2] & 255) << 16 | (head[3] & 255) << 8 | (head[4] & 255);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    end(context, "connection closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, cause.toString());
  }

  private void end(ChannelHandlerContext context, String why) {
    if (!ended) {
      ended = true;
      receiver.ended(why);
      context.close();
    }
  }
}
