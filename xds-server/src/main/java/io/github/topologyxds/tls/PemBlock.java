package io.github.topologyxds.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of a PEM file (RFC 7468); what stands between blocks is passed over. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, byte[] der) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /**
   * Reads all blocks of a text.
   *
   * @throws IllegalArgumentException when one is no base64
   */
  static List<PemBlock> all(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new PemBlock(matcher.group(1), decode(matcher.group(2))));
    }
    return blocks;
  }

  /** A block may begin with headers, as in old encrypted keys: those are no base64 and refused. */
  private static byte[] decode(String body) {
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }
}
