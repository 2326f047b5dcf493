package io.github.topologyxds.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates from PEM. */
final class CertificatePem {
  private CertificatePem() {}

  /**
   * Reads all certificates of a file, at least one.
   *
   * @throws TlsFileException when there is none, or one is broken
   */
  static List<X509Certificate> read(Path file, String text) throws TlsFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.all(text)) {
        if (block.label().endsWith("CERTIFICATE")) {
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new TlsFileException(file, "holds a broken certificate: " + e.getMessage());
    }
    if (certificates.isEmpty()) {
      throw new TlsFileException(file, "holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }
}
