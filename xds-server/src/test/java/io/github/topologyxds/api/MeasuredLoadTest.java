package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.api.server.ApiServerTest;
import io.github.topologyxds.explain.report.MeasuredZones;
import io.github.topologyxds.load.CountedLoad;
import io.github.topologyxds.load.LoadCounts;
import io.github.topologyxds.load.LoadKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What proxies have reported, as the API tells it: zone by zone, and port by port. */
class MeasuredLoadTest {
  @TempDir private Path folder = Path.of("");
  private RunningApi api;

  @BeforeEach
  void start() throws Exception {
    api = new RunningApi(folder, ApiServerTest.MANIFESTS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  static CountedLoad load(String port, String from, String to, long requests) {
    return new CountedLoad(new LoadKey(port, from, to, 0), new LoadCounts(requests, 1, 0));
  }

  private void report() {
    api.report(
        load("shop/cart:http", "zone-a", "zone-a", 60),
        load("shop/cart:http", "zone-a", "zone-b", 20),
        load("shop/web:http", "zone-a", "zone-b", 20),
        load("shop/web:http", "zone-b", "zone-b", 100),
        load("shop/web:http", LoadKey.UNKNOWN, "zone-b", 7));
  }

  @Test
  void standsBesideTheExpectedMatrix() throws Exception {
    report();

    JsonNode measured = api.json("/api/v1/zones?text=table").get("measured");

    assertThat(measured.get("requests").longValue()).isEqualTo(207);
    assertThat(measured.get("errors").longValue()).isEqualTo(5);
    assertThat(measured.get("crossZone").doubleValue()).isEqualTo(0.2, within(1e-9));
    JsonNode fromA = measured.at("/rows/1");
    assertThat(fromA.get("zone").stringValue()).isEqualTo("zone-a");
    assertThat(fromA.get("requests").longValue()).isEqualTo(100);
    assertThat(fromA.get("stays").doubleValue()).isEqualTo(0.6, within(1e-9));
    assertThat(fromA.at("/zones/zone-b").doubleValue()).isEqualTo(0.4, within(1e-9));
    assertThat(measured.at("/rows/0/zone").stringValue()).isEqualTo(LoadKey.UNKNOWN);
    assertThat(measured.at("/rows/0/stays").doubleValue()).isZero();
  }

  @Test
  void isPrintedAsTheCommandPrintsIt() throws Exception {
    String before = MeasuredZones.read(api.json("/api/v1/zones").get("measured")).text();
    report();
    MeasuredZones measured = MeasuredZones.read(api.json("/api/v1/zones").get("measured"));
    String after = measured.text();

    assertThat(before).contains("measured: no proxy has reported a request in the last 5 minutes");
    assertThat(after)
        .contains("measured, by what proxies have reported in 0:0")
        .containsPattern("zone-a +100 +3 +60 % +40 % +60 %")
        .contains("crosses zones: 20 %");
    assertThat(measured.plus(measured).text())
        .containsPattern("zone-a +200 +6 +60 % +40 % +60 %")
        .contains("crosses zones: 20 %");
  }

  @Test
  void isToldOfEachPort() throws Exception {
    report();

    JsonNode all = api.json("/api/v1/load");
    JsonNode cart = api.json("/api/v1/load?service=shop/cart&minutes=60");

    assertThat(all.get("total").intValue()).isEqualTo(2);
    assertThat(all.at("/items/1/cluster").stringValue()).isEqualTo("shop/web:http");
    assertThat(cart.get("total").intValue()).isEqualTo(1);
    assertThat(cart.at("/items/0/crossZone").doubleValue()).isEqualTo(0.25, within(1e-9));
    JsonNode away = cart.at("/items/0/cells/1");
    assertThat(away.get("fromZone").stringValue()).isEqualTo("zone-a");
    assertThat(away.get("toZone").stringValue()).isEqualTo("zone-b");
    assertThat(away.get("priority").intValue()).isZero();
    assertThat(away.get("requests").longValue()).isEqualTo(20);
  }

  @Test
  void refusesATimeThatIsNotKept() throws Exception {
    for (String minutes : List.of("0", "61", "x")) {
      assertThat(api.get("/api/v1/zones?minutes=" + minutes).statusCode()).isEqualTo(400);
      assertThat(api.json("/api/v1/load?minutes=" + minutes).get("error").stringValue())
          .isEqualTo("minutes '" + minutes + "' is no number from 1 to 60");
    }
  }
}
