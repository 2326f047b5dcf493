package io.github.topologyxds.e2e.interception;

import com.google.errorprone.annotations.Immutable;
import io.github.topologyxds.redirect.RedirectMode;

/** What is done in a Pod of its own; {@link InterceptionTest} runs each. */
enum Scenario {
  BOTH_FAMILIES_BY_NFT(pod -> Families.both(pod, RedirectMode.NFT)),
  BOTH_FAMILIES_BY_IPTABLES(pod -> Families.both(pod, RedirectMode.IPTABLES)),
  IPV6_ONLY(Families::ipv6Only),
  IPV6_DISABLED(Families::ipv6Disabled),
  PROTOCOLS(Protocols::allPass),
  SERVER_FIRST(Protocols::serverFirst),
  TCP_AND_HTTP_ON_ONE_PORT(Protocols::onePortNumber),
  UNKNOWN_DESTINATIONS_PASS(Destinations::unknownOnesPass),
  EVERYTHING_CAPTURED(Destinations::all),
  DATAGRAMS_BY_NFT(pod -> Datagrams.goTheirWay(pod, RedirectMode.NFT)),
  DATAGRAMS_BY_IPTABLES(pod -> Datagrams.goTheirWay(pod, RedirectMode.IPTABLES)),
  FAILOVER_OF_HTTP(Losses::http),
  FAILOVER_OF_TCP(Losses::tcp),
  ENVOY_ENDS_LAST(Losses::envoyEndsLast),
  ENVOY_KILLED(Losses::envoyKilled),
  BESIDE_KUBE_PROXY(KubeProxyRules::order);

  private final Act act;

  /** What is done, and asserted. */
  @Immutable
  @FunctionalInterface
  private interface Act {
    void in(Pod pod) throws Exception;
  }

  Scenario(Act act) {
    this.act = act;
  }

  /** Runs one in the namespace of this process, which must be its own. */
  public static void main(String[] arguments) {
    try (Pod pod = Pod.make()) {
      valueOf(arguments[0]).act.in(pod);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }
}
