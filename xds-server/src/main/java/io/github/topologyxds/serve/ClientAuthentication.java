package io.github.topologyxds.serve;

import io.github.topologyxds.grpc.connection.Authentication;
import io.github.topologyxds.identity.AuthenticationMetrics;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.Authenticator;
import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.KeyRing;
import io.github.topologyxds.identity.TokenRules;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What makes clients prove who they are.
 *
 * @param keys that tokens are verified with
 * @param parts what the xDS port asks
 */
record ClientAuthentication(KeyRing keys, AuthenticationMode mode, Authentication.Parts parts) {
  /**
   * Begins to read the source's keys.
   *
   * @param closing takes what must be closed later, last first
   * @return empty when nobody has to prove anything
   */
  static Optional<ClientAuthentication> start(
      AuthenticationSettings settings, OpenSource source, Consumer<AutoCloseable> closing) {
    if (settings.mode() == AuthenticationMode.NONE) {
      return Optional.empty();
    }
    Clock clock = Clock.systemUTC();
    OpenSource.Tokens tokens = source.tokens(settings.audience());
    KeyRing keys = KeyRing.follow(tokens.keys(), clock);
    closing.accept(keys);
    Authenticator authenticator =
        new Authenticator(settings.mode(), new TokenRules(settings.audience()), keys, clock);
    closing.accept(authenticator);
    CredentialWatch watch = new CredentialWatch(authenticator, tokens.review(), clock);
    closing.accept(watch);
    return Optional.of(
        new ClientAuthentication(
            keys,
            settings.mode(),
            new Authentication.Parts(authenticator, watch, new AuthenticationMetrics())));
  }

  /** Returns what all clients must wait for; empty: some can be let in. */
  Optional<String> waitsFor() {
    return switch (mode) {
      case NONE, OPTIONAL -> Optional.empty();
      case REQUIRED -> keys.waitsFor();
    };
  }
}
