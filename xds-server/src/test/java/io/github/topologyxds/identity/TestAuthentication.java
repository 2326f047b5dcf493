package io.github.topologyxds.identity;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Authentication against a {@link SigningCluster} that can go away, at a time that is set. */
public final class TestAuthentication implements AutoCloseable {
  public final SigningCluster cluster = new SigningCluster();
  public final SettableClock clock =
      new SettableClock(SigningCluster.ISSUED.plus(Duration.ofMinutes(1)));
  public final AuthenticationMetrics metrics = new AuthenticationMetrics();
  public final Authenticator authenticator;
  public final CredentialWatch watch;

  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final KeyRing keys;
  private volatile boolean away;

  /** One that has read the keys. */
  public TestAuthentication(AuthenticationMode mode) {
    keys = KeyRing.follow(this::read, clock);
    await().until(() -> keys.state().keys().isPresent());
    authenticator = new Authenticator(mode, new TokenRules("topology-xds"), keys, clock);
    watch = new CredentialWatch(authenticator, this::believes, clock);
  }

  private SigningKeys read() throws IOException {
    if (away) {
      throw new IOException("the API server cannot be reached");
    }
    return cluster.published();
  }

  private Optional<Boolean> believes(String token) {
    return away ? Optional.empty() : Optional.of(!deleted.contains(token));
  }

  /** The API is there or not from now on. */
  public void away(boolean gone) throws InterruptedException {
    away = gone;
    keys.readNow();
  }

  /** The keys are read once more. */
  public void readKeys() throws InterruptedException {
    keys.readNow();
  }

  /** The open streams' credentials are looked at. */
  public void look() throws InterruptedException {
    watch.look();
  }

  /** The Pod of a token is deleted. */
  public void delete(String token) {
    deleted.add(token);
  }

  @Override
  public void close() {
    watch.close();
    authenticator.close();
    keys.close();
  }
}
