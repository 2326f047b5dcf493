package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.github.topologyxds.api.AnsweringClient.Manner;
import io.github.topologyxds.api.server.ApiServerTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document says what the server answers: each path's real answer fits its schema exactly. */
class OpenApiTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void describesEveryAnswer() throws Exception {
    try (RunningApi api = new RunningApi(folder, ApiServerTest.MANIFESTS + "---\n" + shift())) {
      for (Manner manner : Manner.values()) {
        AnsweringClient.connect(api, "shop/" + manner, "node-a1", manner);
      }
      api.report(MeasuredLoadTest.load("shop/cart:http", "zone-a", "zone-a", 3));
      await()
          .untilAsserted(() ->
              assertThat(api.get("/api/v1/clients").body())
                  .contains("\"accepted\":{", "\"refused\":{", "\"waitsFor\":"));
      JsonNode document = api.json("/api/v1/openapi.json");
      List<String> held = new ArrayList<>();
      for (Map.Entry<String, JsonNode> path : document.at("/paths").properties()) {
        JsonNode answer = api.json("/api/v1" + asked(path.getKey()));
        String schema =
            "/paths/"
                + path.getKey().replace("/", "~1")
                + "/get/responses/200/content/application~1json/schema";
        assertThat(document.at(schema).isMissingNode()).as(path.getKey()).isFalse();
        assertThat(errors(document, schema, answer)).as(path.getKey()).isEmpty();
        held.add(path.getKey());
      }
      assertThat(held).hasSizeGreaterThan(8);
      assertThat(api.json("/api/v1/status").at("/shifts/0/remainingSeconds").intValue())
          .isPositive();
      assertThat(api.json("/api/v1/zones").at("/shifts/0/zone").stringValue()).isEqualTo("zone-b");
      assertThat(errors(document, "/components/schemas/Error", api.json("/api/v1/none"))).isEmpty();
    }
  }

  private static String shift() {
    return """
    {apiVersion: topology-xds.io/v1alpha1, kind: ZonalShift, metadata: {name: move},
     spec: {awayFrom: zone-b, expireAt: '%s'}}
    """
        .formatted(Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
  }

  private static String asked(String path) {
    return switch (path) {
      case "/services/{namespace}/{name}/explain" ->
          "/services/shop/cart/explain?text=table&what-if=zone-down=zone-b&client=shop/ACCEPTS&to=10.0.1.1";
      case "/services/{namespace}/{name}/endpoints" -> "/services/shop/cart/endpoints?text=wide";
      case "/names" -> "/names?host=cart.shop.svc.cluster.local";
      case "/zones", "/check" -> path + "?text=table";
      default -> path.replace("{name}", "ROOT");
    };
  }

  /** A field that the document does not know, or one that is missing, is seen. */
  @Test
  void seesWhatDoesNotFit() throws Exception {
    try (RunningApi api = new RunningApi(folder, ApiServerTest.MANIFESTS)) {
      JsonNode document = api.json("/api/v1/openapi.json");
      ObjectNode more = (ObjectNode) api.json("/api/v1/findings");
      more.put("surprise", 1);
      assertThat(errors(document, "/components/schemas/FindingList", more)).isNotEmpty();
      ObjectNode less = (ObjectNode) api.json("/api/v1/findings");
      less.remove("total");
      assertThat(errors(document, "/components/schemas/FindingList", less)).isNotEmpty();
    }
  }

  private static List<Error> errors(JsonNode document, String pointer, JsonNode answer) {
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(),
            builder -> builder.schemas(Map.of("urn:api", document.toString())));
    Schema schema = registry.getSchema(SchemaLocation.of("urn:api#" + pointer));
    return schema.validate(answer.toString(), InputFormat.JSON);
  }
}
