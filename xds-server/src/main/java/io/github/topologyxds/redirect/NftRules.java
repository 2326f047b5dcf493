package io.github.topologyxds.redirect;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules for nftables: one table of our own, which is replaced as a whole. */
final class NftRules {
  static final String INTRODUCTION =
      """
      # Brings what a Pod sends to Services to its sidecar on demand. In the Pod's network namespace, with
      # NET_ADMIN:
      #   nft -f redirect.nft
      # Again it replaces what it made before. Not for hostNetwork Pods: there it would catch the whole
      # Node. The same with your values (Service CIDRs, exceptions, user, port):
      #   topology-xds redirect --mode nft --service-cidrs 10.96.0.0/12,fd00:96::/108
      """;

  private NftRules() {}

  static String text(RedirectRules rules) {
    return """
    table inet topology_xds
    delete table inet topology_xds
    table inet topology_xds {
      chain output {
        # Before kube-proxy's own rules, which are at -100.
        type nat hook output priority -105; policy accept;
        # What Envoy itself sends.
        meta skuid %d return
        oifname "lo" return
        ip daddr 127.0.0.0/8 return
        ip6 daddr ::1 return
        tcp dport { %s } return
    %s\
      }
    }
    """
        .formatted(
            rules.proxyUid(),
            Stream.concat(Stream.of(53), rules.excludedPorts().stream())
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")),
            Stream.concat(excluded(rules), captured(rules))
                .map(rule -> "    " + rule + "\n")
                .collect(Collectors.joining()));
  }

  private static Stream<String> excluded(RedirectRules rules) {
    return matches(rules.excludedCidrs()).map(match -> match + " return");
  }

  private static Stream<String> captured(RedirectRules rules) {
    String redirect = "meta l4proto tcp redirect to :" + rules.listenerPort();
    return switch (rules.capture()) {
      case Capture.Services(List<Cidr> cidrs) ->
          matches(cidrs).map(match -> match + " " + redirect);
      case Capture.All() -> Stream.of(redirect);
    };
  }

  /**
   * One match for each range and not one for a set of them: nft refuses a set whose ranges overlap.
   */
  private static Stream<String> matches(List<Cidr> cidrs) {
    return cidrs.stream()
        .map(cidr -> (cidr.family() == Family.IPV4 ? "ip" : "ip6") + " daddr " + cidr);
  }
}
