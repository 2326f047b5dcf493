package io.github.topologyxds.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The size of the benchmarks fits into a test's heap, and pages through. */
class LargeClusterTest {

  @Test
  void tenThousandServicesAndAHundredThousandEndpoints() throws Exception {
    try (ApiServer api = ApiServer.start();
        TestClient client = new TestClient(api)) {
      api.load(new GeneratedCluster(10_000, 10, 1_000).objects());
      int endpoints = 0;
      String token = "";
      do {
        TestClient.Reply page = client.get(Samples.SLICES + "?limit=500&continue=" + token);
        for (var slice : page.body().path("items")) {
          endpoints += slice.path("endpoints").size();
        }
        token = page.body().path("metadata").path("continue").asString("");
      } while (!token.isEmpty());
      assertThat(endpoints).isEqualTo(100_000);
      assertThat(client.get("/api/v1/services").body().path("items")).hasSize(10_000);
      assertThat(client.get("/api/v1/nodes").body().path("items")).hasSize(1_000);
    }
  }
}
