package io.github.topologyxds.redirect;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same rules for iptables and ip6tables: one text for both, of which each leaves out the lines
 * of the other ({@code -4}, {@code -6}; man page of iptables).
 */
final class IptablesRules {
  static final String INTRODUCTION =
      """
      # Brings what a Pod sends to Services to its sidecar on demand, where nft is not at hand. In the Pod's
      # network namespace, with NET_ADMIN (iptables-legacy: NET_RAW as well):
      #   iptables-restore --noflush redirect.iptables && ip6tables-restore --noflush redirect.iptables
      # The jump has to be the first of OUTPUT: run it after whatever else puts rules there. Not for
      # hostNetwork Pods: there it would catch the whole Node. The same with your values (Service CIDRs,
      # exceptions, user, port):
      #   topology-xds redirect --mode iptables --service-cidrs 10.96.0.0/12,fd00:96::/108
      """;

  private static final String CHAIN = "TOPOLOGY_XDS";

  private IptablesRules() {}

  static String text(RedirectRules rules) {
    String append = "-A " + CHAIN + " ";
    List<Stream<String>> parts =
        List.of(
            Stream.of(
                "*nat",
                ":" + CHAIN + " - [0:0]",
                append + "-m owner --uid-owner " + rules.proxyUid() + " -j RETURN",
                append + "-o lo -j RETURN",
                "-4 " + append + "-d 127.0.0.0/8 -j RETURN",
                "-6 " + append + "-d ::1/128 -j RETURN",
                append + "-p tcp --dport 53 -j RETURN"),
            rules.excludedPorts().stream()
                .filter(port -> port != 53)
                .distinct()
                .map(port -> append + "-p tcp --dport " + port + " -j RETURN"),
            rules.excludedCidrs().stream().map(cidr -> to(cidr) + "-j RETURN"),
            captured(rules)
                .map(match -> match + "-p tcp -j REDIRECT --to-ports " + rules.listenerPort()),
            Stream.of("-I OUTPUT 1 -p tcp -j " + CHAIN, "COMMIT"));
    return parts.stream().flatMap(part -> part).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> captured(RedirectRules rules) {
    return switch (rules.capture()) {
      case Capture.Services(List<Cidr> cidrs) -> cidrs.stream().map(IptablesRules::to);
      case Capture.All() -> Stream.of("-A " + CHAIN + " ");
    };
  }

  private static String to(Cidr cidr) {
    String only = cidr.family() == Family.IPV4 ? "-4" : "-6";
    return only + " -A " + CHAIN + " -d " + cidr + " ";
  }
}
