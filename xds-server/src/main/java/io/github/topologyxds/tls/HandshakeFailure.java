package io.github.topologyxds.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a client did not get in over TLS. The JDK tells most of it in the message of an exception
 * only, and the alerts by their names (RFC 8446, 6.2).
 */
public enum HandshakeFailure {
  /** It refuses our certificate, and says so in an alert. */
  SERVER_CERTIFICATE_REFUSED(
      "the client refuses the server's certificate: it must name the host of the client's --xds, be"
          + " of a CA that the client trusts, and be valid now"),
  NO_CLIENT_CERTIFICATE("the client shows no certificate, and --client-ca asks for one"),
  CLIENT_CERTIFICATE_UNTRUSTED("the client's certificate is not of a CA in --client-ca"),
  CLIENT_CERTIFICATE_EXPIRED("the client's certificate is not valid now"),
  /** Such as one for servers alone. */
  CLIENT_CERTIFICATE_INVALID("the client's certificate is none for a client"),
  PLAINTEXT("the client speaks no TLS, and this port nothing else"),
  PROTOCOL_VERSION("the client speaks neither TLS 1.3 nor 1.2"),
  CIPHER("the client and the server have no cipher in common"),
  TIMEOUT("the client went silent in the handshake"),
  CLOSED("the client closed the connection in the handshake"),
  OTHER("the handshake failed");

  private final String words;

  HandshakeFailure(String words) {
    this.words = words;
  }

  /** Returns the label of the metric. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is wrong, for people. */
  public String words() {
    return words;
  }

  /** Finds the reason of an exception that ended a handshake. */
  public static HandshakeFailure of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      HandshakeFailure known = ofClass(t);
      if (known != null) {
        return known;
      }
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      HandshakeFailure known = ofMessage(String.valueOf(t.getMessage()));
      if (known != null) {
        return known;
      }
    }
    return OTHER;
  }

  private static @Nullable HandshakeFailure ofClass(Throwable thrown) {
    return switch (thrown) {
      case NotSslRecordException e -> PLAINTEXT;
      case SslHandshakeTimeoutException e -> TIMEOUT;
      case ClosedChannelException e -> CLOSED;
      case CertificateExpiredException e -> CLIENT_CERTIFICATE_EXPIRED;
      case CertificateNotYetValidException e -> CLIENT_CERTIFICATE_EXPIRED;
      default -> null;
    };
  }

  private static @Nullable HandshakeFailure ofMessage(String message) {
    if (message.contains("Received fatal alert: protocol_version")
        || message.contains("is not enabled or supported")
        || message.contains("not accepted by server preferences")) {
      return PROTOCOL_VERSION;
    }
    if (message.contains("Received fatal alert:")) {
      return message.contains("handshake_failure") ? OTHER : SERVER_CERTIFICATE_REFUSED;
    }
    if (message.contains("Empty client certificate chain")
        || message.contains("Empty server certificate chain")) {
      return NO_CLIENT_CERTIFICATE;
    }
    if (message.contains("unable to find valid certification path")
        || message.contains("PKIX path building failed")) {
      return CLIENT_CERTIFICATE_UNTRUSTED;
    }
    if (message.contains("PKIX path validation failed")
        || message.contains("Extended key usage")
        || message.contains("KeyUsage")) {
      return CLIENT_CERTIFICATE_INVALID;
    }
    return message.contains("no cipher suites in common") ? CIPHER : null;
  }
}
