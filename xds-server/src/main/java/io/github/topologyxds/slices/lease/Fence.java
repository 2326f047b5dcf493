package io.github.topologyxds.slices.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process may write right now. Asked right before every request, and answered from the
 * monotonic clock alone: after a freeze, or while the Lease cannot be renewed, the answer is no
 * before anybody else may take the Lease (durations of client-go's leader election).
 */
public final class Fence {
  /** How long a Lease is good for all who watch it. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  /** How long its holder trusts it. */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** A write that passed the fence at its last moment must be over before the Lease is. */
  public static final Duration REQUEST_TIMEOUT = LEASE.minus(RENEW_DEADLINE);

  private final LongSupplier nanos;

  /** Written by the thread "slice-lease", read by any. */
  private volatile @Nullable Term term;

  private record Term(Epoch epoch, long renewedAt) {}

  /**
   * A fence without a term.
   *
   * @param nanos a monotonic clock
   */
  public Fence(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Returns the clock that counts. */
  public LongSupplier clock() {
    return nanos;
  }

  /**
   * The Lease is ours.
   *
   * @param epoch the Lease's uid and leaseTransitions
   * @param asked when the request that renewed it was sent: the server may have taken it then
   */
  public void renewed(Epoch epoch, long asked) {
    term = new Term(epoch, asked);
  }

  /** The Lease is not ours any more. */
  public void lost() {
    term = null;
  }

  /** Returns the epoch to write under; empty: do not write. */
  public Optional<Epoch> epoch() {
    Term now = term;
    boolean open = now != null && nanos.getAsLong() - now.renewedAt() < RENEW_DEADLINE.toNanos();
    return now != null && open ? Optional.of(now.epoch()) : Optional.empty();
  }

  /** Whether the Lease was still ours when it was renewed after this moment. */
  public boolean renewedSince(long time) {
    Term now = term;
    return now != null && now.renewedAt() - time > 0;
  }
}
