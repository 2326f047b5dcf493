package io.github.topologyxds.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are taken, and files that are not: one line that names the file. */
class TlsContentsTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource(names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
  void takesTheUsualKeys(CertificateBuilder.Algorithm algorithm) throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    X509Bundle own = authority.issue(TestAuthority.ofServer("xds").algorithm(algorithm));
    TlsFiles files = TestAuthority.write(folder, own, authority.pem());

    assertThat(TlsContents.read(files).context().isServer()).isTrue();
  }

  /** What {@code openssl genrsa -traditional} and {@code openssl ecparam -genkey} write. */
  @ParameterizedTest
  @EnumSource(names = {"ecp256", "ecp384", "rsa2048"})
  void takesKeysInTheirOldForm(CertificateBuilder.Algorithm algorithm) throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    X509Bundle own = authority.issue(TestAuthority.ofServer("xds").algorithm(algorithm));
    TlsFiles files = TestAuthority.write(folder, own, authority.pem());
    String kind = algorithm == CertificateBuilder.Algorithm.rsa2048 ? "RSA" : "EC";
    Files.writeString(
        files.key(),
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            + "-----BEGIN %1$s PRIVATE KEY-----\n%2$s\n-----END %1$s PRIVATE KEY-----\n"
                .formatted(kind, oldForm(own.getKeyPair().getPrivate().getEncoded())));

    assertThat(TlsContents.read(files).context().isServer()).isTrue();
  }

  /** The octets in a PKCS#8: behind the version (3) and the algorithm. */
  private static String oldForm(byte[] pkcs8) {
    int version = pkcs8[1] > 0 ? 2 : 2 + (pkcs8[1] & 0x7F);
    int octets = version + 3 + 2 + pkcs8[version + 4];
    int content = octets + 2 + (pkcs8[octets + 1] > 0 ? 0 : pkcs8[octets + 1] & 0x7F);
    return Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(pkcs8, content, pkcs8.length));
  }

  @Test
  void refusesWhatIsNoUseAndSaysWhichFile() throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    X509Bundle own = authority.server("xds");
    TlsFiles files = TestAuthority.write(folder, own, "nothing");
    refused(files, "ca.crt: holds no PEM certificate");

    TestAuthority.write(folder, own, authority.pem().replaceFirst("M", "A"));
    refused(files, "ca.crt: holds a broken certificate");

    TestAuthority.write(folder, authority.expired("xds"), authority.pem());
    refused(files, "tls.crt: the certificate was valid until ");

    TestAuthority.write(folder, own, authority.pem());
    Files.writeString(files.key(), authority.server("other").getPrivateKeyPEM());
    refused(files, "tls.key: is not the key of the certificate");

    X509Bundle rsa = authority.issue(TestAuthority.ofServer("rsa").rsa2048());
    Files.writeString(files.key(), rsa.getPrivateKeyPEM());
    refused(files, "tls.key: holds no EC key as the certificate has");

    Files.writeString(
        files.key(), own.getPrivateKeyPEM().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    refused(files, "tls.key: a ENCRYPTED PRIVATE KEY cannot be read");

    Files.delete(files.key());
    refused(files, "tls.key: there is no such file");
  }

  private static void refused(TlsFiles files, String trouble) {
    assertThatThrownBy(() -> TlsContents.read(files).context())
        .isInstanceOf(TlsFileException.class)
        .hasMessageContaining(trouble)
        .message()
        .doesNotContain("\n");
  }
}
