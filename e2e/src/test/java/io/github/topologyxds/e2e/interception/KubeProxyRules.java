package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;

/**
 * Rules as kube-proxy writes them in one namespace with ours, as in a hostNetwork Pod, which {@code
 * inject} refuses: who wins in which order. docs/inject.md has the table.
 */
final class KubeProxyRules {
  private static final String TARGET = Pod.ELSEWHERE + ":" + Outside.KUBE_PROXY;
  private static final RedirectRules OURS = RedirectRules.of(Pod.SERVICES);
  private static final String ENVOY = "web-1-";
  private static final String KUBE_PROXY = "kube-proxy";

  private KubeProxyRules() {}

  static void order(Pod pod) throws IOException {
    pod.bench().web(1);
    pod.bench().startServer();
    pod.startEnvoy();

    for (String iptables : new String[] {"iptables-nft", "iptables-legacy"}) {
      kubeProxyByIptables(iptables);
      ours(pod, RedirectMode.NFT);
      assertThat(winner()).as("nft of ours, after " + iptables).startsWith(ENVOY);
      clear();
      ours(pod, RedirectMode.NFT);
      kubeProxyByIptables(iptables);
      assertThat(winner()).as("nft of ours, before " + iptables).startsWith(ENVOY);
      clear();
    }
    kubeProxyByNft();
    ours(pod, RedirectMode.NFT);
    assertThat(winner()).as("nft of ours, after kube-proxy's").startsWith(ENVOY);
    clear();
    ours(pod, RedirectMode.NFT);
    kubeProxyByNft();
    assertThat(winner()).as("nft of ours, before kube-proxy's").startsWith(ENVOY);
    clear();

    kubeProxyByIptables("iptables-nft");
    ours(pod, RedirectMode.IPTABLES);
    assertThat(winner()).as("iptables of ours, inserted last").startsWith(ENVOY);
    kubeProxyByIptables("iptables-nft");
    assertThat(winner()).as("until kube-proxy inserts its jump anew").isEqualTo(KUBE_PROXY);
  }

  private static void ours(Pod pod, RedirectMode mode) throws IOException {
    pod.network().redirect(OURS, mode);
  }

  /** A jump that it inserts at the head, to its own chain. */
  private static void kubeProxyByIptables(String iptables) throws IOException {
    Command.of(iptables, "-t", "nat", "-N", "KUBE-SERVICES").result();
    Command.of(iptables, "-t", "nat", "-F", "KUBE-SERVICES").run();
    Command.of(
            iptables,
            "-t",
            "nat",
            "-A",
            "KUBE-SERVICES",
            "-d",
            "10.96.0.10/32",
            "-p",
            "tcp",
            "--dport",
            "80",
            "-j",
            "DNAT",
            "--to-destination",
            TARGET)
        .run();
    Command.of(iptables, "-t", "nat", "-I", "OUTPUT", "1", "-j", "KUBE-SERVICES").run();
  }

  private static void kubeProxyByNft() throws IOException {
    Command.of(
            "nft",
            "table ip kube-proxy { chain nat-output { type nat hook output priority -100;"
                + " ip daddr 10.96.0.10 tcp dport 80 dnat to "
                + TARGET
                + "; }; }")
        .run();
  }

  private static void clear() throws IOException {
    Command.of("nft", "flush", "ruleset").run();
    Command.of("iptables-legacy", "-t", "nat", "-F").run();
    Command.of("iptables-legacy", "-t", "nat", "-X").run();
  }

  private static String winner() throws IOException {
    String output = Pod.curl("http://10.96.0.10/").output();
    return output
        .lines()
        .filter(line -> line.startsWith("x-backend: "))
        .map(line -> line.substring("x-backend: ".length()))
        .findFirst()
        .orElse(output);
  }
}
