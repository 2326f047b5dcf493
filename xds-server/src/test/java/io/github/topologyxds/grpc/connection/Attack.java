package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.RawHttp2.ACK;
import static io.github.topologyxds.grpc.connection.RawHttp2.CONTINUATION;
import static io.github.topologyxds.grpc.connection.RawHttp2.DATA;
import static io.github.topologyxds.grpc.connection.RawHttp2.END_HEADERS;
import static io.github.topologyxds.grpc.connection.RawHttp2.END_STREAM;
import static io.github.topologyxds.grpc.connection.RawHttp2.HEADERS;
import static io.github.topologyxds.grpc.connection.RawHttp2.NOTHING;
import static io.github.topologyxds.grpc.connection.RawHttp2.PING;
import static io.github.topologyxds.grpc.connection.RawHttp2.PRIORITY;
import static io.github.topologyxds.grpc.connection.RawHttp2.RST_STREAM;
import static io.github.topologyxds.grpc.connection.RawHttp2.SETTINGS;
import static io.github.topologyxds.grpc.connection.RawHttp2.WINDOW_UPDATE;
import static io.github.topologyxds.grpc.connection.RawHttp2.int32;
import static io.netty.handler.codec.http2.Http2Error.ENHANCE_YOUR_CALM;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;

import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Floods on an introduced connection, and the error that the server must end each one with. */
enum Attack {
  /** CVE-2023-44487. */
  RAPID_RESET {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.call(stream(i), 0);
      to.frame(RST_STREAM, 0, stream(i), int32((int) Http2Error.CANCEL.code()));
    }
  },
  /** CVE-2025-8671: the server resets what a wrong frame breaks, and forgets the stream. */
  MADE_YOU_RESET_BY_WINDOW_OF_ZERO {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.call(stream(i), 0);
      to.frame(WINDOW_UPDATE, 0, stream(i), int32(0));
    }
  },
  MADE_YOU_RESET_BY_WINDOW_TOO_LARGE {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.call(stream(i), 0);
      to.frame(WINDOW_UPDATE, 0, stream(i), int32(Integer.MAX_VALUE));
    }
  },
  MADE_YOU_RESET_BY_DATA_AFTER_THE_END {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.call(stream(i), END_STREAM);
      to.frame(DATA, 0, stream(i), new byte[5]);
    }
  },
  /** CVE-2026-47244: a client that never acknowledges our settings is not bound by them yet. */
  STREAMS_BEFORE_SETTINGS_ACK {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.call(stream(i), 0);
    }
  },
  STREAMS_AFTER_SETTINGS_ACK {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      if (i == 0) {
        to.frame(SETTINGS, ACK, 0, NOTHING);
      }
      to.call(stream(i), 0);
    }
  },
  CONTINUATION_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      if (i == 0) {
        to.frame(HEADERS, 0, 1, RawHttp2.callHeaders());
      }
      to.frame(CONTINUATION, 0, 1, NOTHING);
    }
  },
  /** Longer than allowed by more than a quarter: the connection cannot go on. */
  HEADER_LIST_OF_64_KIB(PROTOCOL_ERROR) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      byte[] block = RawHttp2.headers(Map.of("x", "y".repeat(1 << 14)));
      to.frame(
          i % 4 == 0 ? HEADERS : CONTINUATION, 0, stream(i / 4), Arrays.copyOf(block, 1 << 14));
    }
  },
  /** A few bytes that unpack to a header list of megabytes (CVE-2016-6581). */
  HPACK_BOMB {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(0x40);
      RawHttp2.string(block, "x");
      RawHttp2.string(block, "y".repeat(4000));
      for (int n = 0; n < 4000; n++) {
        block.write(0x80 | 62);
      }
      to.frame(HEADERS, END_HEADERS, stream(i), block.toByteArray());
    }
  },
  PING_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(PING, 0, 0, new byte[8]);
    }
  },
  PING_ACK_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(PING, ACK, 0, new byte[8]);
    }
  },
  SETTINGS_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(SETTINGS, 0, 0, RawHttp2.setting(RawHttp2.INITIAL_WINDOW_SIZE, 1 << 16));
    }
  },
  SETTINGS_ACK_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(SETTINGS, ACK, 0, NOTHING);
    }
  },
  PRIORITY_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(PRIORITY, 0, stream(i), new byte[5]);
    }
  },
  WINDOW_UPDATE_FLOOD(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(WINDOW_UPDATE, 0, 0, int32(1));
    }
  },
  UNKNOWN_FRAMES(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      to.frame(0xbe, 0, 0, new byte[100]);
    }
  },
  /** CVE-2019-9518. */
  EMPTY_DATA(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      if (i == 0) {
        to.call(1, 0);
      }
      to.frame(DATA, 0, 1, NOTHING);
    }
  },
  /** CVE-2019-9511: a message of 4 MiB in frames of a byte, each of which costs an object. */
  DATA_DRIBBLE(ENHANCE_YOUR_CALM) {
    @Override
    void step(RawHttp2 to, int i) throws IOException {
      if (i == 0) {
        to.call(1, 0);
        to.frame(DATA, 0, 1, new byte[] {0, 0, 0x3f, -1, -1});
      }
      to.frame(DATA, 0, 1, new byte[1]);
    }
  };

  private final @Nullable Http2Error answer;

  Attack(Http2Error answer) {
    this.answer = answer;
  }

  /**
   * Ended for its resets, or for those that it causes: gRPC says ENHANCE_YOUR_CALM and closes at
   * once, with the rest of the flood unread, so that may not get out any more.
   */
  Attack() {
    this.answer = null;
  }

  boolean mayEndWith(@Nullable Http2Error error) {
    return answer == null ? error == null || error == ENHANCE_YOUR_CALM : error == answer;
  }

  /** Writes what the flood consists of, for the i-th time. */
  abstract void step(RawHttp2 to, int i) throws IOException;

  private static int stream(int i) {
    return 2 * i + 1;
  }
}
