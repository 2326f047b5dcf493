package io.github.topologyxds.grpc.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * A response ready for the wire: a body that many streams share, and its nonce behind it, as the
 * fields of a message may come in any order.
 */
public final class EncodedResponse {
  /** Field 5 of DiscoveryResponse and of DeltaDiscoveryResponse, a string. */
  private static final byte NONCE_TAG = 5 << 3 | 2;

  private final String version;
  private final byte[] body;
  private final long nonce;
  private final byte[] tail;

  private EncodedResponse(String version, byte[] body, long nonce, byte[] tail) {
    this.version = version;
    this.body = body;
    this.nonce = nonce;
    this.tail = tail;
  }

  static EncodedResponse of(String version, byte[] body, long nonce) {
    byte[] digits = Long.toString(nonce).getBytes(StandardCharsets.US_ASCII);
    byte[] tail = new byte[digits.length + 2];
    tail[0] = NONCE_TAG;
    tail[1] = (byte) digits.length;
    System.arraycopy(digits, 0, tail, 2, digits.length);
    return new EncodedResponse(version, body, nonce, tail);
  }

  /** Returns the version of the response as a whole. */
  public String version() {
    return version;
  }

  /** Returns the nonce, which is a number here. */
  public long nonce() {
    return nonce;
  }

  /** Returns the length in bytes. */
  public int length() {
    return body.length + tail.length;
  }

  /** Returns the same with another nonce; the body is shared. */
  EncodedResponse with(long otherNonce) {
    return of(version, body, otherNonce);
  }

  /** Returns the bytes as gRPC wants them: it asks for the length and has them written to it. */
  public InputStream stream() {
    return new Whole(this);
  }

  private static final class Whole extends SequenceInputStream implements Drainable, KnownLength {
    private final EncodedResponse response;

    Whole(EncodedResponse response) {
      super(new ByteArrayInputStream(response.body), new ByteArrayInputStream(response.tail));
      this.response = response;
    }

    @Override
    public int available() {
      return response.length();
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      target.write(response.body);
      target.write(response.tail);
      return response.length();
    }
  }
}
