package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;
import java.util.List;

/** Connections to what is no Service's. */
final class Destinations {
  private Destinations() {}

  /** Those in the Service CIDR pass through Envoy, the others beside it. */
  static void unknownOnesPass(Pod pod) throws IOException {
    pod.bench().web(1);
    pod.bench().startServer();
    pod.network().redirect(RedirectRules.of(Pod.SERVICES), RedirectMode.NFT);
    EnvoyProcess envoy = pod.startEnvoy();

    assertAnswers(Pod.UNKNOWN_SERVICE);
    assertAnswers("[" + Pod.UNKNOWN_SERVICE_IPV6 + "]");
    assertThat(Pod.greeting(Pod.UNKNOWN_SERVICE, Outside.GREETS)).isEqualTo("220 outside");
    assertThat(Pod.greeting(Pod.UNKNOWN_SERVICE_IPV6, Outside.GREETS)).isEqualTo("220 outside");
    assertThat(accepted(envoy)).isEqualTo(4);

    assertAnswers(Pod.ELSEWHERE);
    assertAnswers("[" + Pod.ELSEWHERE_IPV6 + "]");
    assertThat(Pod.greeting(Pod.ELSEWHERE, Outside.GREETS)).isEqualTo("220 outside");
    assertThat(accepted(envoy)).as("not captured").isEqualTo(4);
  }

  /** With what is left out of it. */
  static void all(Pod pod) throws IOException {
    pod.bench().web(1);
    pod.bench().startServer();
    pod.network()
        .redirect(
            new RedirectRules(
                new Capture.All(),
                RedirectRules.DEFAULT_PROXY_UID,
                15001,
                List.of(Pod.cidr("10.96.0.128/25"), Pod.cidr("2001:db8::/32")),
                List.of(Outside.GREETS)),
            RedirectMode.NFT);
    EnvoyProcess envoy = pod.startEnvoy();

    assertThat(Pod.curl("http://10.96.0.10/").output()).contains("x-backend: web-1-");
    assertAnswers(Pod.ELSEWHERE);
    assertThat(accepted(envoy)).isEqualTo(2);
    assertAnswers(Pod.UNKNOWN_SERVICE);
    assertAnswers("[" + Pod.ELSEWHERE_IPV6 + "]");
    assertThat(Pod.greeting(Pod.ELSEWHERE, Outside.GREETS)).isEqualTo("220 outside");
    assertThat(Pod.curl("http://" + Pod.ELSEWHERE + ":53/").exit())
        .as("DNS, refused there")
        .isEqualTo(7);
    assertThat(accepted(envoy)).as("left out").isEqualTo(2);
  }

  private static void assertAnswers(String address) throws IOException {
    assertThat(Pod.curl("http://" + address + "/").output())
        .contains("200 OK")
        .contains("x-backend: " + Outside.NAME);
  }

  /** How many connections have come to Envoy's outbound listeners. */
  static long accepted(EnvoyProcess envoy) throws IOException {
    return envoy.statsMatching("^listener\\..*_15001\\.downstream_cx_total$").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
