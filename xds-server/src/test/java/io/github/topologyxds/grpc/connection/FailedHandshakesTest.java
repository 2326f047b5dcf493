package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.tls.HandshakeFailure;
import io.github.topologyxds.tls.RotatedTls;
import io.github.topologyxds.tls.TestAuthority;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does not get in over TLS is named in one line, with the cause, and counted by it. */
class FailedHandshakesTest {
  private static final byte[] HTTP = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder = Path.of("");

  /** What a client does wrong. */
  enum Mistake {
    WRONG_NAME(HandshakeFailure.SERVER_CERTIFICATE_REFUSED),
    TRUSTS_ANOTHER_CA(HandshakeFailure.SERVER_CERTIFICATE_REFUSED),
    NO_CERTIFICATE(HandshakeFailure.NO_CLIENT_CERTIFICATE),
    NO_CERTIFICATE_BEFORE_TLS_1_3(HandshakeFailure.NO_CLIENT_CERTIFICATE),
    FOREIGN_CERTIFICATE(HandshakeFailure.CLIENT_CERTIFICATE_UNTRUSTED),
    EXPIRED_CERTIFICATE(HandshakeFailure.CLIENT_CERTIFICATE_EXPIRED),
    CERTIFICATE_FOR_SERVERS(HandshakeFailure.CLIENT_CERTIFICATE_INVALID),
    OLD_TLS(HandshakeFailure.PROTOCOL_VERSION),
    PLAINTEXT(HandshakeFailure.PLAINTEXT),
    GONE_HALFWAY(HandshakeFailure.CLOSED);

    private final HandshakeFailure failure;

    Mistake(HandshakeFailure failure) {
      this.failure = failure;
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesOneLineAndCountsIt(Mistake mistake) throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    try (RotatedTls tls =
            RotatedTls.follow(
                TestAuthority.write(folder, authority.server("xds"), authority.pem()),
                Duration.ofMinutes(1),
                new FindingRecorder());
        ServerUnderTest server = ServerUnderTest.with(tls.context(), service("cart"))) {
      int port = make(mistake, authority, server.address());

      await().until(() -> server.metrics().failedHandshakes(mistake.failure) == 1);
      await().untilAsserted(() -> assertThat(server.log().with("127.0.0.1:" + port)).hasSize(1));
      String line = server.log().with("127.0.0.1:" + port).getFirst();
      assertThat(line)
          .contains(mistake.failure.label(), mistake.failure.words())
          .hasSizeLessThan(500)
          .doesNotContain("\n");
    }
  }

  @Test
  void aProbeThatSendsNoByteIsNoFailure() throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    try (RotatedTls tls =
            RotatedTls.follow(
                TestAuthority.write(folder, authority.server("xds"), authority.pem()),
                Duration.ofMinutes(1),
                new FindingRecorder());
        ServerUnderTest server = ServerUnderTest.with(tls.context(), service("cart"))) {
      for (int i = 0; i < 5; i++) {
        new Socket(server.address().getAddress(), server.address().getPort()).close();
      }
      // A failure after them has been seen, so they have been seen as well.
      make(Mistake.PLAINTEXT, authority, server.address());
      await().until(() -> server.metrics().failedHandshakes(HandshakeFailure.PLAINTEXT) == 1);
      assertThat(
              Arrays.stream(HandshakeFailure.values())
                  .mapToLong(server.metrics()::failedHandshakes)
                  .sum())
          .isEqualTo(1);
      assertThat(server.log().with("127.0.0.1:")).hasSize(1);
    }
  }

  private static int make(Mistake mistake, TestAuthority authority, InetSocketAddress server)
      throws Exception {
    TestAuthority stranger = new TestAuthority("stranger");
    return switch (mistake) {
      case WRONG_NAME ->
          shake(server, context(authority, authority.client("c")), "wrong.example", "TLSv1.3");
      case TRUSTS_ANOTHER_CA ->
          shake(server, context(stranger, authority.client("c")), "localhost", "TLSv1.3");
      case NO_CERTIFICATE -> shake(server, context(authority, null), "localhost", "TLSv1.3");
      case NO_CERTIFICATE_BEFORE_TLS_1_3 ->
          shake(server, context(authority, null), "localhost", "TLSv1.2");
      case FOREIGN_CERTIFICATE ->
          shake(server, context(authority, stranger.client("c")), "localhost", "TLSv1.3");
      case EXPIRED_CERTIFICATE ->
          shake(server, context(authority, authority.expired("c")), "localhost", "TLSv1.3");
      case CERTIFICATE_FOR_SERVERS ->
          shake(server, context(authority, authority.server("c")), "localhost", "TLSv1.3");
      case OLD_TLS -> send(server, oldHello());
      case PLAINTEXT -> send(server, HTTP);
      case GONE_HALFWAY -> send(server, new byte[] {22, 3, 1, 2, 0, 1});
    };
  }

  /** A ClientHello that knows TLS 1.1 at most: the JDK's client would not even begin. */
  private static byte[] oldHello() {
    return ByteBuffer.allocate(50)
        .put(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2})
        .position(11 + 32)
        .put(new byte[] {0, 0, 2, 0, 0x2f, 1, 0})
        .array();
  }

  private static SslContext context(TestAuthority trusted, @Nullable X509Bundle own)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(trusted.certificate());
    if (own != null) {
      builder.keyManager(new Presented(own));
    }
    return builder.build();
  }

  /** Returns the client's port. */
  private static int shake(
      InetSocketAddress server, SslContext context, String name, String version)
      throws IOException {
    SSLSocketFactory factory = ((JdkSslContext) context).context().getSocketFactory();
    try (Socket plain = new Socket(server.getAddress(), server.getPort());
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, server.getPort(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {version});
      socket.setSSLParameters(parameters);
      int port = plain.getLocalPort();
      try {
        socket.startHandshake();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
      return port;
    }
  }

  private static int send(InetSocketAddress server, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return socket.getLocalPort();
    }
  }

  /** Shows its certificate to every server, as OpenSSL and BoringSSL do. */
  private static final class Presented extends X509ExtendedKeyManager {
    private final X509Bundle own;

    Presented(X509Bundle own) {
      this.own = own;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return own.getCertificatePath();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.getKeyPair().getPrivate();
    }
  }
}
