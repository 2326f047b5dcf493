package io.github.topologyxds.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a token counts: also while nobody can renew it, but not because nobody can. */
class CredentialTimeTest {
  private static final Instant FROM = Instant.parse("2026-11-28T08:00:00Z");
  private static final Instant UNTIL = FROM.plusSeconds(3600);
  private static final Verdict.Validity TOKEN = new Verdict.Validity(FROM, UNTIL);

  @Test
  void clocksMayDifferByAMinute() {
    assertThat(at(FROM.minusSeconds(60), Duration.ZERO)).isEmpty();
    assertThat(at(FROM.minusSeconds(61), Duration.ZERO))
        .contains(AuthenticationFailure.NOT_YET_VALID);
    assertThat(at(UNTIL.plusSeconds(60), Duration.ZERO)).isEmpty();
    assertThat(at(UNTIL.plusSeconds(61), Duration.ZERO)).contains(AuthenticationFailure.EXPIRED);
  }

  /** The API went away ten minutes before the token ended: the kubelet could not renew it. */
  @Test
  void oneThatEndsInAnOutageCountsOn() {
    Instant away = UNTIL.minus(Duration.ofMinutes(10));
    assertThat(refused(UNTIL.plus(Duration.ofHours(23)), away)).isEmpty();
    assertThat(refused(UNTIL.plus(Duration.ofHours(25)), away))
        .contains(AuthenticationFailure.EXPIRED);
  }

  /** Somebody has a token that ended while the API was there, and cuts us off from it. */
  @Test
  void oneThatHadEndedBeforeIsNotRevived() {
    Instant away = UNTIL.plusSeconds(61);
    assertThat(refused(away.plusSeconds(1), away)).contains(AuthenticationFailure.EXPIRED);
    assertThat(refused(away.plus(Duration.ofHours(5)), away))
        .contains(AuthenticationFailure.EXPIRED);
  }

  @Test
  void oneThatEndedInTheOutageEndsWhenTheApiIsBack() {
    Instant later = UNTIL.plus(Duration.ofHours(2));
    assertThat(refused(later, UNTIL.minusSeconds(1))).isEmpty();
    assertThat(refused(later, later)).contains(AuthenticationFailure.EXPIRED);
  }

  @Test
  void aCertificateCountsAsLongAsItsConnection() {
    assertThat(
            new CredentialTime(UNTIL.plus(Duration.ofDays(900)), UNTIL)
                .refuses(Verdict.Validity.OF_CONNECTION))
        .isEmpty();
  }

  /** The API has answered so long ago. */
  private static Optional<AuthenticationFailure> at(Instant now, Duration ago) {
    return refused(now, now.minus(ago));
  }

  private static Optional<AuthenticationFailure> refused(Instant now, Instant reachable) {
    return new CredentialTime(now, reachable).refuses(TOKEN);
  }
}
