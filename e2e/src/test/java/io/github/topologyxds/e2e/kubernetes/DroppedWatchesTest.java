package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.Ending;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches that end all the time, in every way that a connection can end. */
class DroppedWatchesTest extends ApiFaultScenario {
  private static final List<Ending> ENDINGS = List.of(Ending.CLEAN, Ending.CUT, Ending.RESET);

  DroppedWatchesTest() throws Exception {}

  @Test
  void aWatchThatIsDroppedAHundredTimesIsTakenUpWhereItWas() throws Exception {
    shop.other("gone", "10.9.0.1");
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      int connections = api.openConnections();
      for (int drop = 0; drop < 100; drop++) {
        Wait.until("a watch of each kind is open").until(() -> api.openWatches() == KINDS.size());
        // Something flows on every watch, or each drop would have to be waited for longer.
        String address = "10.8.0." + (drop + 1);
        api.put(
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {n: x%d}}}"
                .formatted(drop));
        shop.node(1, drop % 2 == 0 ? "zone-c" : "zone-a");
        shop.other("busy", address);
        api.put(
            "{apiVersion: v1, kind: Service, metadata: {name: busy, namespace: shop, labels: {n: x%d}},"
                    .formatted(drop)
                + " spec: {ports: [{name: http, port: 80}]}}");
        api.put(
            """
            {apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: more, labels: {n: x%d}},
             spec: {cidrs: [10.97.0.0/16]}}
            """
                .formatted(drop));
        api.put(
            """
            {apiVersion: topology-xds.io/v1alpha1, kind: ZonalShift, metadata: {name: over, labels: {n: x%d}},
             spec: {awayFrom: zone-z, expireAt: "2026-01-01T00:00:00Z"}}
            """
                .formatted(drop));
        Wait.until("the change has come through")
            .untilAsserted(() ->
                assertThat(String.valueOf(bench.clusters().get("shop/busy:http")))
                    .contains(address + ":"));
        api.endWatches(ENDINGS.get(drop % ENDINGS.size()));
      }
      changeEverything();
      awaitInSync(bench);
      assertThat(wholeLists()).as("none beyond the first").hasSize(KINDS.size());
      Duration since = Duration.between(ours(Verb.LIST).getFirst().at(), Instant.now());
      assertThat(ours(Verb.LIST).stream().filter(ApiFaultScenario::isQuestion))
          .as("two at once, then one in 10 s, of each kind")
          .hasSizeLessThanOrEqualTo((int) (KINDS.size() * (3 + since.toSeconds() / 10)));
      // The second client's own, and one that is just being left, at most for each kind.
      assertThat(api.openConnections()).isLessThanOrEqualTo(connections + KINDS.size() + 1);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }
}
