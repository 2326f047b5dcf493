package io.github.topologyxds.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file of the page. */
final class PageFile {
  private static final int TAG_BYTES = 16;

  private final String type;
  private final String tag;
  private final byte[] content;

  private PageFile(String type, byte[] content) {
    this.type = type;
    this.tag = tag(content);
    this.content = content;
  }

  /**
   * Reads a file of the jar.
   *
   * @param resource its absolute name on the class path
   * @throws IllegalStateException when it is not there
   */
  static PageFile read(String resource) {
    try (InputStream file = PageFile.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new PageFile(type(resource), file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /** Returns its Content-Type. */
  String type() {
    return type;
  }

  /** Returns its ETag, quotes included: made of the content. */
  String tag() {
    return tag;
  }

  /** Returns how many bytes it has. */
  int length() {
    return content.length;
  }

  /** Returns its bytes, to be read alone. */
  ByteBuf content() {
    return Unpooled.wrappedBuffer(content).asReadOnly();
  }

  private static String type(String resource) {
    return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException(resource + " is of no type that a page has");
    };
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
