package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What a user reads of an API server that gives nothing; the test prints the list. */
class UnreachableTest {
  private static final Unreachable API = new Unreachable(URI.create("https://api.test:6443"));

  private static SSLHandshakeException handshake(String message, Throwable cause) {
    SSLHandshakeException failure = new SSLHandshakeException(message);
    failure.initCause(cause);
    return failure;
  }

  private static Throwable caused(Throwable failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }

  private static Map<Throwable, String> causes() {
    Map<Throwable, String> all = new LinkedHashMap<>();
    all.put(new ConnectException(), "nothing listens there (connection refused)");
    all.put(
        caused(new ConnectException(), new UnresolvedAddressException()),
        "DNS knows no host api.test");
    all.put(
        new HttpConnectTimeoutException("HTTP connect timed out"),
        "it takes no connection in time; does a firewall drop it?");
    all.put(new NoRouteToHostException(), "there is no route to it");
    all.put(
        handshake("PKIX path building failed", new CertPathBuilderException("unable to find")),
        "TLS: its certificate is not of the CA in the kubeconfig (certificate-authority)");
    all.put(
        handshake("PKIX path validation failed", new CertificateExpiredException("NotAfter: x")),
        "TLS: its certificate has expired");
    all.put(
        handshake("No subject alternative DNS name matching api.test found.", new IOException()),
        "TLS: its certificate is not made out to api.test");
    all.put(
        handshake("Unsupported or unrecognized SSL message", new IOException()),
        "TLS: it speaks no TLS; is the address https rightly?");
    all.put(
        handshake("Received fatal alert: certificate_required", new IOException()),
        "TLS: it refuses our client certificate, or asks for one");
    String broke = "the connection broke (reset or closed by the other side)";
    all.put(caused(new IOException(), new EOFException("EOF reached while reading")), broke);
    all.put(new SocketException("Connection reset"), broke);
    all.put(new ClosedChannelException(), broke);
    return all;
  }

  @Test
  void everyCauseHasTheAddressAndWordsOfTheUser() {
    causes()
        .forEach((cause, words) -> {
          String message = Objects.requireNonNull(API.because(cause).getMessage());
          System.out.println("the API server " + message);
          assertThat(message).isEqualTo("at api.test:6443 cannot be reached: " + words);
        });
    assertThat(API.inTime(Duration.ofSeconds(30)))
        .hasMessage("at api.test:6443 does not answer within 30.0 s");
    assertThat(new Unreachable(URI.create("https://10.0.0.1")).because(new ConnectException()))
        .hasMessageContaining("at 10.0.0.1:443 cannot");
    for (int code : new int[] {401, 403, 307}) {
      ApiFailure failure = ApiStatus.failure(code, new byte[0], Duration.ZERO);
      System.out.println("the API server " + failure.getMessage());
      assertThat(failure).hasMessageContaining("answers " + code);
    }
  }
}
