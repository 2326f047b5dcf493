package io.github.topologyxds.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams end with their credentials, whatever happens in between. */
class CredentialWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final AtomicInteger reviews = new AtomicInteger();

  @Test
  void goesOnAfterAReviewThatFails() throws Exception {
    try (TestAuthentication test = new TestAuthentication(AuthenticationMode.REQUIRED);
        CredentialWatch watch =
            new CredentialWatch(test.authenticator, token -> review(), test.clock, OFTEN)) {
      CompletableFuture<AuthenticationFailure> ended = new CompletableFuture<>();
      Verdict.Validity validity =
          new Verdict.Validity(SigningCluster.ISSUED, SigningCluster.ISSUED.plusSeconds(600));
      Runnable over = watch.opened(ended::complete, "token", validity);
      await().until(() -> reviews.get() >= 2);
      assertThat(ended).isNotDone();
      test.clock.pass(Duration.ofHours(1));
      test.readKeys();
      await()
          .untilAsserted(
              () -> assertThat(ended).isCompletedWithValue(AuthenticationFailure.EXPIRED));
      over.run();
    }
  }

  /** The first one fails as no code foresaw. */
  private Optional<Boolean> review() {
    if (reviews.incrementAndGet() == 1) {
      throw new IllegalStateException("not foreseen");
    }
    return Optional.of(true);
  }
}
