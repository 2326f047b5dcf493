package io.github.topologyxds.inject;

import io.github.topologyxds.redirect.RedirectMode;
import java.util.Locale;
import java.util.Optional;

/** How an application's connections come to its sidecar. */
public enum InjectMode {
  /** The kernel brings them, by nftables. */
  NFT,
  /** The kernel brings them, by iptables. */
  IPTABLES,
  /** The application sends them, as {@code http_proxy} says. */
  EXPLICIT;

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whose rules the Pod needs; empty: none. */
  Optional<RedirectMode> redirect() {
    return switch (this) {
      case NFT -> Optional.of(RedirectMode.NFT);
      case IPTABLES -> Optional.of(RedirectMode.IPTABLES);
      case EXPLICIT -> Optional.empty();
    };
  }
}
