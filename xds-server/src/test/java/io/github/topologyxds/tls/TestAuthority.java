package io.github.topologyxds.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate authority, and what it has signed. */
public final class TestAuthority {
  private final X509Bundle ca;

  public TestAuthority(String name) throws Exception {
    ca =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
  }

  /** The certificate of the authority itself, PEM. */
  public String pem() {
    return ca.getCertificatePEM();
  }

  public X509Certificate certificate() {
    return ca.getCertificate();
  }

  public X509Bundle server(String name) throws Exception {
    return ofServer(name).buildIssuedBy(ca);
  }

  static CertificateBuilder ofServer(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanIpAddress("127.0.0.1")
        .addSanDnsName("localhost")
        .addExtendedKeyUsageServerAuth()
        .ecp256();
  }

  public X509Bundle issue(CertificateBuilder builder) throws Exception {
    return builder.buildIssuedBy(ca);
  }

  public X509Bundle expired(String name) throws Exception {
    Instant past = Instant.now().minusSeconds(7200);
    return ofServer(name).notBefore(past).notAfter(past.plusSeconds(3600)).buildIssuedBy(ca);
  }

  public X509Bundle client(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addExtendedKeyUsageClientAuth()
        .ecp256()
        .buildIssuedBy(ca);
  }

  /** Writes tls.crt, tls.key and ca.crt, as a Secret of cert-manager has them. */
  public static TlsFiles write(Path folder, X509Bundle own, String clientCa) throws IOException {
    TlsFiles files =
        new TlsFiles(
            folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
    Files.writeString(files.certificate(), own.getCertificatePathPEM());
    Files.writeString(files.key(), own.getPrivateKeyPEM());
    Files.writeString(folder.resolve("ca.crt"), clientCa);
    return files;
  }
}
