package io.github.topologyxds.identity;

import io.github.topologyxds.lifecycle.Periodic;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's signing keys as they were read last. They stay for ever while the API is away. They
 * are read every ten seconds: a key that the cluster has just begun to use is known that soon, and
 * when the API answered last is known as precisely, which decides about tokens that end in an
 * outage.
 */
public final class KeyRing implements AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  private static final Duration SAY_SO_EVERY = Duration.ofMinutes(1);

  private final KeySource source;
  private final Clock clock;

  /** When a failure was logged last. Owner: the thread "signing-keys". */
  private Instant said = Instant.MIN;

  private final Periodic reads;
  private volatile State state = new State(Optional.empty(), Instant.MIN, "");

  /**
   * What is known of the cluster's signing keys.
   *
   * @param keys empty before they were read once
   * @param reachable when they were read last
   * @param trouble why they could not be read since; "" when they could
   */
  record State(Optional<SigningKeys> keys, Instant reachable, String trouble) {}

  private KeyRing(KeySource source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.reads = Periodic.every(EVERY, "signing-keys", this::follow);
  }

  /** Begins to read keys from a source, and to read them again and again. */
  public static KeyRing follow(KeySource source, Clock clock) {
    return new KeyRing(source, clock);
  }

  State state() {
    return state;
  }

  /** Returns why nobody's token can be verified yet; empty once the keys were read. */
  public Optional<String> waitsFor() {
    State now = state;
    return now.keys().isPresent()
        ? Optional.empty()
        : Optional.of(
            "waiting for the cluster's signing keys"
                + (now.trouble().isEmpty() ? "" : " (" + now.trouble() + ")"));
  }

  private void follow() throws InterruptedException {
    String trouble = readNow();
    Instant now = clock.instant();
    if (!trouble.isEmpty() && now.isAfter(said)) {
      said = now.plus(SAY_SO_EVERY);
      LOG.warn("the cluster's signing keys cannot be read, those known stay: {}", trouble);
    }
  }

  /** Reads once; returns why that did not work, "" when it did. */
  synchronized String readNow() throws InterruptedException {
    try {
      SigningKeys read = source.read();
      // The same object while nothing has changed: what was verified with it stays verified.
      SigningKeys kept = state.keys().filter(read::equals).orElse(read);
      state = new State(Optional.of(kept), clock.instant(), "");
    } catch (IOException e) {
      State before = state;
      state = new State(before.keys(), before.reachable(), String.valueOf(e.getMessage()));
    }
    return state.trouble();
  }

  @Override
  public void close() {
    reads.close();
  }
}
