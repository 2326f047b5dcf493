package io.github.topologyxds.identity;

import java.util.Locale;

/** Whether clients must prove who they are: {@code serve --authenticate}. */
public enum AuthenticationMode {
  /** What a client says of itself counts; credentials are not looked at. */
  NONE,
  /** Whoever shows a credential must show a good one. */
  OPTIONAL,
  /** Nobody is let in without a good credential. */
  REQUIRED;

  /** Returns the flag's value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
