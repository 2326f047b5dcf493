package io.github.topologyxds.serve;

import io.github.topologyxds.identity.AuthenticationMode;

/**
 * Whether clients must prove who they are.
 *
 * @param audience that their tokens must be for
 */
public record AuthenticationSettings(AuthenticationMode mode, String audience) {
  /** Audience of the tokens, unless told otherwise. */
  public static final String DEFAULT_AUDIENCE = "topology-xds";

  /** What clients say of themselves counts. */
  public static final AuthenticationSettings NONE =
      new AuthenticationSettings(AuthenticationMode.NONE, DEFAULT_AUDIENCE);
}
