package io.github.topologyxds.redirect;

import java.util.Locale;

/** Whose rules they are. */
public enum RedirectMode {
  NFT,
  IPTABLES;

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
