package io.github.topologyxds.kubernetes;

import io.github.topologyxds.model.finding.Finding;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong between us and a server, with its address, as one who mends it needs it. */
record Unreachable(URI server) {
  /** Nothing came within the limit. */
  ApiFailure inTime(Duration limit) {
    return failure(
        "at %s does not answer within %s s".formatted(address(), limit.toMillis() / 1000.0), null);
  }

  /** What the HTTP client failed with. */
  ApiFailure because(Throwable cause) {
    return failure("at %s cannot be reached: %s".formatted(address(), words(cause)), cause);
  }

  private static ApiFailure failure(String message, @Nullable Throwable cause) {
    ApiFailure failure = new ApiFailure(ApiFailure.Kind.UNAVAILABLE, message);
    failure.initCause(cause);
    return failure;
  }

  private String address() {
    int port = server.getPort() < 0 ? defaultPort() : server.getPort();
    return host() + ":" + port;
  }

  private int defaultPort() {
    return "http".equals(server.getScheme()) ? 80 : 443;
  }

  private String host() {
    return Objects.requireNonNullElse(server.getHost(), server.toString());
  }

  private String words(Throwable failed) {
    if (has(failed, UnresolvedAddressException.class) || has(failed, UnknownHostException.class)) {
      return "DNS knows no host " + host();
    }
    if (has(failed, HttpConnectTimeoutException.class)) {
      return "it takes no connection in time; does a firewall drop it?";
    }
    if (has(failed, HttpTimeoutException.class)) {
      return "it does not answer in time";
    }
    if (has(failed, NoRouteToHostException.class)) {
      return "there is no route to it";
    }
    if (has(failed, SSLException.class)) {
      return tls(failed);
    }
    if (has(failed, ConnectException.class)) {
      return "nothing listens there (connection refused)";
    }
    if (has(failed, EOFException.class)
        || has(failed, ClosedChannelException.class)
        || has(failed, SocketException.class)
        || text(failed).contains("chunked transfer")
        || text(failed).contains("header parser received no bytes")) {
      return "the connection broke (reset or closed by the other side)";
    }
    return Finding.quote(text(failed), 200);
  }

  private String tls(Throwable failed) {
    String text = text(failed).toLowerCase(Locale.ROOT);
    if (has(failed, CertificateExpiredException.class)) {
      return "TLS: its certificate has expired";
    }
    if (has(failed, CertificateNotYetValidException.class)) {
      return "TLS: its certificate is not valid yet; are the clocks right?";
    }
    if (text.contains("no subject alternative") || text.contains("no name matching")) {
      return "TLS: its certificate is not made out to " + host();
    }
    if (has(failed, CertPathBuilderException.class)) {
      return "TLS: its certificate is not of the CA in the kubeconfig (certificate-authority)";
    }
    if (text.contains("unsupported or unrecognized ssl message")) {
      return "TLS: it speaks no TLS; is the address https rightly?";
    }
    if (text.contains("bad_certificate") || text.contains("certificate_required")) {
      return "TLS: it refuses our client certificate, or asks for one";
    }
    if (text.contains("remote host terminated the handshake")) {
      return "TLS: it broke off the handshake";
    }
    return "TLS: " + Finding.quote(text(failed), 200);
  }

  private static boolean has(Throwable failed, Class<? extends Throwable> type) {
    for (@Nullable Throwable at = failed; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  /** All that the causes say; of one that says nothing, its type. */
  private static String text(Throwable failed) {
    StringBuilder all = new StringBuilder();
    for (@Nullable Throwable at = failed; at != null; at = at.getCause()) {
      String said = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      if (all.indexOf(said) < 0) {
        all.append(all.isEmpty() ? "" : ": ").append(said);
      }
    }
    return all.toString();
  }
}
