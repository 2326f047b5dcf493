package io.github.topologyxds.kubernetes;

import io.github.topologyxds.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A token that comes from a file or a plugin and is had anew when it is old or was refused. */
final class RenewedCredential implements Credential {
  /** Whoever asks meanwhile gets the same failure: a plugin is not run for each collection. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private final Origin origin;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Token token;
  private String failure = "";
  private Instant nextTry = Instant.MIN;

  /** Where a token comes from. */
  @FunctionalInterface
  interface Origin {
    /**
     * Returns a token.
     *
     * @throws SourceException says why there is none
     */
    Token token() throws SourceException, InterruptedException;
  }

  /**
   * A token that somebody gave.
   *
   * @param until when it is to be had anew
   */
  record Token(String text, Instant until) {
    @Override
    public String toString() {
      return "Token[****, until=" + until + "]";
    }
  }

  /** Begins with a token that the origin gave. */
  RenewedCredential(Origin origin, Token first) {
    this.origin = origin;
    this.token = first;
  }

  @Override
  public String header() throws ApiFailure, InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = Instant.now();
      Token known = token;
      if (known != null && now.isBefore(known.until())) {
        return header(known);
      }
      if (now.isBefore(nextTry)) {
        throw missing();
      }
      Token renewed = origin.token();
      token = renewed;
      return header(renewed);
    } catch (SourceException e) {
      failure = String.valueOf(e.getMessage());
      nextTry = Instant.now().plus(AGAIN_AFTER);
      throw missing();
    } finally {
      lock.unlock();
    }
  }

  private ApiFailure missing() {
    return new ApiFailure(
        ApiFailure.Kind.UNAVAILABLE,
        0,
        "is not asked without a credential: " + failure,
        AGAIN_AFTER);
  }

  private static String header(Token token) {
    return "Bearer " + token.text();
  }

  @Override
  public void refused(String header) {
    lock.lock();
    try {
      if (token != null && header(token).equals(header)) {
        token = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
