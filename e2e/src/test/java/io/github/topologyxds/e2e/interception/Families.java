package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;

/** A plain {@code curl} to a Service's address or name, in Pods of each kind of network. */
final class Families {
  private static final RedirectRules RULES = RedirectRules.of(Pod.SERVICES);

  private Families() {}

  static void both(Pod pod, RedirectMode mode) throws IOException {
    Workload web = pod.bench().web(2);
    pod.bench().startServer();
    pod.network().redirect(RULES, mode);
    pod.network().redirect(RULES, mode);
    pod.startEnvoy();

    for (int i = 0; i < 10; i++) {
      assertNear(Pod.curl("http://10.96.0.10/"));
      assertNear(Pod.curl("http://[fd00:96::10]/"));
      assertNear(named("web.shop.svc.cluster.local", "10.96.0.10"));
      assertNear(named("web", "[fd00:96::10]"));
    }
    assertThat(web.countedByZone()).containsEntry("zone-a", 40L).containsEntry("zone-b", 0L);
    assertThat(Pod.curl("http://127.0.0.1:" + web.spec().ports().getFirst().target() + "/").exit())
        .as("loopback is the Pod's own")
        .isEqualTo(7);
  }

  static void ipv6Only(Pod pod) throws IOException {
    pod.network().withoutIpv4();
    pod.bench().web(1);
    pod.bench().startServer();
    pod.network().redirect(RULES, RedirectMode.NFT);
    pod.startEnvoy();

    for (int i = 0; i < 10; i++) {
      assertNear(Pod.curl("http://[fd00:96::10]/"));
      assertNear(named("web.shop", "[fd00:96::10]"));
    }
    assertThat(Pod.curl("http://[" + Pod.ELSEWHERE_IPV6 + "]/").output()).contains(Outside.NAME);
  }

  static void ipv6Disabled(Pod pod) throws IOException {
    pod.network().withoutIpv6();
    pod.bench().web(1);
    pod.bench().startServer();
    pod.network().redirect(RULES, RedirectMode.NFT);
    EnvoyProcess envoy = pod.startEnvoy();

    for (int i = 0; i < 10; i++) {
      assertNear(Pod.curl("http://10.96.0.10/"));
    }
    assertThat(envoy.adminGet("/listeners"))
        .as("the listener on ::1 alone is refused")
        .contains("127.0.0.1:15001")
        .doesNotContain("[::1]");
  }

  private static Command.Result named(String host, String address) throws IOException {
    return Pod.curl("--resolve", host + ":80:" + address, "http://" + host + "/");
  }

  private static void assertNear(Command.Result curl) {
    assertThat(curl.output()).startsWith("HTTP/1.1 200").contains("x-backend: web-1-");
  }
}
