package io.github.topologyxds.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a private key from PEM: PKCS#8, and what cert-manager writes if not told otherwise, PKCS#1
 * (RSA) and SEC 1 (EC), which the JDK does not read.
 */
final class PrivateKeyPem {
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PrivateKeyPem() {}

  /**
   * Reads the key that belongs to a public one.
   *
   * @throws TlsFileException when there is no key, an encrypted or broken one, or another's
   */
  static PrivateKey read(Path file, String text, PublicKey certified) throws TlsFileException {
    try {
      PrivateKey key = parse(file, text, certified);
      if (!belongs(key, certified)) {
        throw new TlsFileException(file, "is not the key of the certificate");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TlsFileException(
          file, "holds no " + certified.getAlgorithm() + " key as the certificate has: " + e);
    }
  }

  private static PrivateKey parse(Path file, String text, PublicKey certified)
      throws TlsFileException, GeneralSecurityException {
    List<PemBlock> keys =
        PemBlock.all(text).stream().filter(b -> b.label().endsWith("PRIVATE KEY")).toList();
    if (keys.isEmpty()) {
      throw new TlsFileException(file, "holds no PEM key (-----BEGIN PRIVATE KEY-----)");
    }
    PemBlock block = keys.getFirst();
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.der();
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(block.der(), certified);
          default -> throw new TlsFileException(file, "a " + block.label() + " cannot be read");
        };
    return KeyFactory.getInstance(certified.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** PKCS#8 (RFC 5208) is a version, the algorithm as the public key names it too, and the key. */
  private static byte[] wrapped(byte[] key, PublicKey certified) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_0);
    content.writeBytes(algorithm(certified.getEncoded()));
    content.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, content.toByteArray());
  }

  /** The first element of a SubjectPublicKeyInfo (RFC 5280, 4.1), which is a sequence itself. */
  private static byte[] algorithm(byte[] publicKey) {
    int outer = contentStart(publicKey, 0);
    int inner = contentStart(publicKey, outer);
    // Of no algorithm in use it is longer than 127 bytes.
    int end = inner + publicKey[outer + 1];
    return Arrays.copyOfRange(publicKey, outer, end);
  }

  private static int contentStart(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7F);
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static boolean belongs(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (certified.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> certified.getAlgorithm();
            });
    signature.initSign(key);
    signature.update(VERSION_0);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(VERSION_0);
    return signature.verify(signed);
  }
}
