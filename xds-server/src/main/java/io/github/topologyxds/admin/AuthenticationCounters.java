package io.github.topologyxds.admin;

import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.identity.AuthenticationMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Whose credentials are not believed, and who claims what they disprove. */
final class AuthenticationCounters {
  private AuthenticationCounters() {}

  static void register(MeterRegistry registry, AuthenticationMetrics authentication) {
    for (AuthenticationFailure failure : AuthenticationFailure.values()) {
      FunctionCounter.builder(
              "topology.xds.auth.failures", authentication, a -> a.failures(failure))
          .description("Streams that were refused or ended, as the credential is not believed")
          .tag("reason", failure.label())
          .register(registry);
    }
    FunctionCounter.builder(
            "topology.xds.client.claims.differing",
            authentication,
            AuthenticationMetrics::differingClaims)
        .description("Streams whose client claims another Node or namespace than is proven")
        .register(registry);
  }
}
