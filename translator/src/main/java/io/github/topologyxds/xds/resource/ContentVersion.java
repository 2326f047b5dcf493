package io.github.topologyxds.xds.resource;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;

/**
 * Versions made of content alone: 128 bits of SHA-256 as 22 characters. Equal bytes have equal
 * versions on every replica and after every restart, so a reconnecting Envoy gets only what
 * differs. (Not longer: a delta reconnect repeats every version, measured 1.44 MB for 10,000 names
 * with 64 characters. Not shorter: java-control-plane's 32-bit hash collides.)
 */
public final class ContentVersion {
  private static final int BYTES = 16;

  private ContentVersion() {}

  /** Returns the version of a resource's deterministically serialised bytes. */
  public static String of(ByteString bytes) {
    MessageDigest digest = sha256();
    bytes.asReadOnlyByteBufferList().forEach(digest::update);
    return encode(digest.digest());
  }

  /**
   * Returns the version of a whole set of resources: of their names and versions, in this order.
   */
  public static String of(Collection<XdsResource> resources) {
    MessageDigest digest = sha256();
    for (XdsResource resource : resources) {
      digest.update(resource.name().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(resource.version().getBytes(StandardCharsets.UTF_8));
    }
    return encode(digest.digest());
  }

  private static String encode(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
