package io.github.topologyxds.kubernetes;

import io.github.topologyxds.state.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A token, or a certificate, that comes from a file or a plugin and is had anew when it is old or
 * was refused.
 */
final class RenewedCredential implements Credential {
  /** Whoever asks meanwhile gets the same failure: a plugin is not run for each collection. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private final Origin origin;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Given given;
  private String failure = "";
  private Instant nextTry = Instant.MIN;

  /** Where it comes from. */
  @FunctionalInterface
  interface Origin {
    /**
     * Returns what there is now.
     *
     * @throws SourceException says why there is none
     */
    Given given() throws SourceException, InterruptedException;
  }

  /**
   * What somebody gave.
   *
   * @param until when it is to be had anew
   */
  record Given(Proof proof, Instant until) {}

  /** Begins with what the origin gave. */
  RenewedCredential(Origin origin, Given first) {
    this.origin = origin;
    this.given = first;
  }

  @Override
  public Proof proof() throws ApiFailure, InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = Instant.now();
      Given known = given;
      if (known != null && now.isBefore(known.until())) {
        return known.proof();
      }
      if (now.isBefore(nextTry)) {
        throw missing();
      }
      Given renewed = origin.given();
      given = renewed;
      return renewed.proof();
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

  @Override
  public void refused(Proof proof) {
    lock.lock();
    try {
      if (given != null && given.proof().equals(proof)) {
        given = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
