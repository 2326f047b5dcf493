package io.github.topologyxds.kubernetes;

import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A request to the API server did not give what was asked for; the message is one line. */
public final class ApiFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  public enum Kind {
    /** 410: the version that was asked for is not known any more; list again. */
    GONE,
    /** It holds an older state than the one that is known from it: list again. */
    RESTORED,
    /** 401 or 403: somebody must give us the right. */
    DENIED,
    /** Cannot be reached, does not answer, answers 429 or 5xx: try again. */
    UNAVAILABLE,
    /** A watch that was agreed to tells nothing and does not end: try again. */
    SILENT,
    /** An answer that is no JSON of the API. */
    UNREADABLE
  }

  private final Kind kind;
  private final int status;
  private final transient Duration retryAfter;

  /** Nothing was answered, or what was answered says nothing. */
  public ApiFailure(Kind kind, String message) {
    this(kind, 0, message, Duration.ZERO);
  }

  /**
   * The server has answered with an error.
   *
   * @param status the HTTP status code, or the code in the Status of an ERROR event
   * @param retryAfter the header {@code Retry-After}; zero when there is none
   */
  public ApiFailure(Kind kind, int status, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Returns the same, with what was asked for. */
  public ApiFailure about(String what) {
    ApiFailure about = new ApiFailure(kind, status, getMessage() + " (" + what + ")", retryAfter);
    about.initCause(getCause());
    return about;
  }

  /**
   * Whether the server is there and does not let us ask: by 401 or 403, or in the TLS handshake
   * (one that merely breaks off may be a proxy without a server behind it).
   */
  public boolean isRefusal() {
    boolean tls = false;
    for (@Nullable Throwable at = getCause(); at != null; at = at.getCause()) {
      if (at instanceof EOFException || at instanceof SocketException) {
        return false;
      }
      tls |= at instanceof SSLException;
    }
    return tls || kind == Kind.DENIED;
  }

  /** Returns the status code of the answer, 0 when there was none. */
  public int status() {
    return status;
  }

  /** Returns what kind of failure it is, which decides what is done about it. */
  public Kind kind() {
    return kind;
  }

  /** Returns how long the server asked to be left alone; zero when it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
