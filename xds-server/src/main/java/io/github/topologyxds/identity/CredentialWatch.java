package io.github.topologyxds.identity;

import io.github.topologyxds.lifecycle.Periodic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Ends streams whose credential does not count any more: it has expired, or the cluster says so
 * when it is asked now and then. That review is a veto only: no answer changes nothing.
 */
public final class CredentialWatch implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final Duration REVIEW_EVERY = Duration.ofMinutes(5);

  /** In one look, so that the API server has at most five a second of us. */
  private static final int MAX_REVIEWS = 50;

  private final Authenticator authenticator;
  private final TokenReview review;
  private final Clock clock;
  private final Set<Watched> open = ConcurrentHashMap.newKeySet();
  private final Periodic looks;

  // Guarded by this.
  private final Map<String, Instant> reviewed = new HashMap<>();

  /** Asks the cluster whether it still believes a token. */
  @FunctionalInterface
  public interface TokenReview {
    /** Returns what the cluster says; empty when it does not answer. */
    Optional<Boolean> believes(String token) throws InterruptedException;
  }

  /** A stream that goes on only while its credential counts. */
  public interface Stream {
    /** Ends it. Any thread. */
    void end(AuthenticationFailure failure);
  }

  private record Watched(Stream stream, String token, Verdict.Validity validity) {}

  /** Begins to look every ten seconds. */
  public CredentialWatch(Authenticator authenticator, TokenReview review, Clock clock) {
    this(authenticator, review, clock, LOOK_EVERY);
  }

  CredentialWatch(
      Authenticator authenticator, TokenReview review, Clock clock, Duration lookEvery) {
    this.authenticator = authenticator;
    this.review = review;
    this.clock = clock;
    this.looks = Periodic.every(lookEvery, "credentials", this::look);
  }

  /**
   * A stream is open.
   *
   * @param token that it was opened with; "" for a certificate
   * @return what to run when it is over
   */
  public Runnable opened(Stream stream, String token, Verdict.Validity validity) {
    Watched watched = new Watched(stream, token, validity);
    open.add(watched);
    return () -> open.remove(watched);
  }

  /** Once over all open streams. */
  synchronized void look() throws InterruptedException {
    for (Watched watched : open) {
      authenticator.ended(watched.validity()).ifPresent(watched.stream()::end);
    }
    reviewOldest();
  }

  private void reviewOldest() throws InterruptedException {
    Map<String, List<Watched>> byToken =
        open.stream()
            .filter(watched -> !watched.token().isEmpty())
            .collect(Collectors.groupingBy(Watched::token));
    reviewed.keySet().retainAll(byToken.keySet());
    Instant now = clock.instant();
    Iterator<String> due =
        byToken.keySet().stream()
            .filter(token -> !now.isBefore(dueAt(token)))
            .sorted((a, b) -> dueAt(a).compareTo(dueAt(b)))
            .limit(MAX_REVIEWS)
            .iterator();
    while (due.hasNext()) {
      String token = due.next();
      Optional<Boolean> believed = review.believes(token);
      if (believed.isEmpty()) {
        return;
      }
      reviewed.put(token, now);
      if (!believed.get()) {
        List<Watched> streams = byToken.getOrDefault(token, List.of());
        streams.stream().limit(1).forEach(s -> authenticator.revoke(token, s.validity()));
        streams.forEach(s -> s.stream().end(AuthenticationFailure.REVOKED));
      }
    }
  }

  private Instant dueAt(String token) {
    Instant before = reviewed.get(token);
    return before == null ? Instant.MIN : before.plus(REVIEW_EVERY);
  }

  @Override
  public void close() {
    looks.close();
  }
}
