package io.github.topologyxds.redirect;

import io.github.topologyxds.topology.address.Cidr;
import java.util.List;

/**
 * Which connections of a Pod are brought to its sidecar, and where that listens.
 *
 * @param proxyUid the user that Envoy runs as, whose own connections go their way
 * @param listenerPort of Envoy's outbound listeners on 127.0.0.1 and ::1
 * @param excludedCidrs addresses whose connections go their way
 * @param excludedPorts destination ports whose connections go their way; 53 (DNS) always is one
 */
public record RedirectRules(
    Capture capture,
    int proxyUid,
    int listenerPort,
    List<Cidr> excludedCidrs,
    List<Integer> excludedPorts) {
  /** The user of Envoy where nothing else is said; nobody else's on common images. */
  public static final int DEFAULT_PROXY_UID = 1337;

  public RedirectRules {
    excludedCidrs = List.copyOf(excludedCidrs);
    excludedPorts = List.copyOf(excludedPorts);
  }

  /** Rules without exceptions, for the default user and port. */
  public static RedirectRules of(Capture capture) {
    return new RedirectRules(capture, DEFAULT_PROXY_UID, 15001, List.of(), List.of());
  }

  /** Returns the rules alone, as {@code nft} or {@code iptables-restore --noflush} reads them. */
  public String text(RedirectMode mode) {
    return switch (mode) {
      case NFT -> NftRules.text(this);
      case IPTABLES -> IptablesRules.text(this);
    };
  }

  /** Returns the same as a file, which begins with what it does and how it is used. */
  public String file(RedirectMode mode) {
    return switch (mode) {
      case NFT -> NftRules.INTRODUCTION + NftRules.text(this);
      case IPTABLES -> IptablesRules.INTRODUCTION + IptablesRules.text(this);
    };
  }
}
