package io.github.topologyxds.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.api.AnsweringClient;
import io.github.topologyxds.api.AnsweringClient.Manner;
import io.github.topologyxds.api.RunningApi;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the API answers over a real port, of a real server with real clients. */
public class ApiServerTest {
  /**
   * A Node with a zone, a Service with three endpoints and one that is none, and two without
   * slices: three findings.
   */
  public static final String MANIFESTS =
      """
      {apiVersion: v1, kind: Node,
       metadata: {name: node-a1, labels: {topology.kubernetes.io/zone: zone-a}}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop},
       spec: {clusterIP: 10.96.0.1, trafficDistribution: PreferSameZone,
              ports: [{name: http, port: 80}]}}
      ---
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
       metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}},
       ports: [{name: http, port: 8080}],
       endpoints: [{addresses: [10.0.1.1], zone: zone-a, nodeName: node-a1},
                   {addresses: [10.0.1.2], zone: zone-a, conditions: {ready: false}},
                   {addresses: [10.0.2.1], zone: zone-b, hints: {forZones: [{name: zone-b}]}},
                   {addresses: [nonsense]}]}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: pay, namespace: shop},
       spec: {clusterIP: 10.96.0.2, ports: [{name: http, port: 80}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
       spec: {clusterIP: 10.96.0.3, ports: [{name: http, port: 80}]}}
      """;

  private static final String LOGGER = "io.github.topologyxds.api.server.ApiConnection";

  @TempDir private Path folder = Path.of("");

  @Test
  void tellsOfClientsHowFarTheyHaveGot() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      AnsweringClient.connect(api, "shop/front-2", "node-x", Manner.SILENT);
      AnsweringClient.connect(api, "shop/front-3", "node-a1", Manner.REFUSES);
      await()
          .untilAsserted(() ->
              assertThat(texts(api.json("/api/v1/clients"), "state"))
                  .containsExactly("synced", "waiting", "refused"));

      JsonNode clients = api.json("/api/v1/clients");
      assertThat(texts(clients, "id"))
          .containsExactly("shop/front-1", "shop/front-2", "shop/front-3");
      assertThat(texts(clients, "zoneSource"))
          .containsExactly("NODE_LABEL", "NOWHERE", "NODE_LABEL");
      assertThat(texts(clients, "zone")).containsExactly("zone-a", "", "zone-a");
      assertThat(clients.at("/items/0/types/cds/accepted/version"))
          .isEqualTo(clients.at("/items/1/types/cds/sent/version"));
      assertThat(clients.at("/items/1/types/cds").has("accepted")).isFalse();
      assertThat(clients.at("/items/1/waitsFor").stringValue()).isEqualTo("answer");
      assertThat(clients.at("/items/2/types/cds/refused/error").stringValue())
          .isEqualTo("cannot bind 127.0.0.1:15001");
      assertThat(clients.at("/items/2/types/eds/state").stringValue()).isEqualTo("notAsked");
      assertThat(texts(api.json("/api/v1/clients?state=refused&namespace=shop"), "id"))
          .containsExactly("shop/front-3");
      assertThat(api.json("/api/v1/clients?zone=zone-b").at("/total").intValue()).isZero();
      JsonNode worst = api.json("/api/v1/clients?sort=worst&search=front");
      assertThat(texts(worst, "state")).containsExactly("refused", "waiting", "synced");
      assertThat(worst.at("/states").toString())
          .isEqualTo("{\"notAsked\":0,\"refused\":1,\"synced\":1,\"waiting\":1}");
      assertThat(worst.at("/withoutZone").intValue()).isOne();
      assertThat(api.json("/api/v1/clients?search=none").at("/connected").intValue()).isEqualTo(3);
    }
  }

  @Test
  void pagesALongList() throws Exception {
    try (RunningApi api = start()) {
      List<String> objects = new ArrayList<>();
      String more = "";
      int pages = 0;
      do {
        JsonNode page = api.json("/api/v1/findings?limit=2" + more);
        assertThat(page.at("/total").intValue()).isEqualTo(3);
        objects.addAll(texts(page, "object"));
        more = page.has("continue") ? "&continue=" + encoded(page) : "";
        pages++;
      } while (!more.isEmpty());
      assertThat(pages).isEqualTo(2);
      assertThat(objects)
          .containsExactly("EndpointSlice shop/cart-1", "Service shop/pay", "Service shop/web");
      assertThat(texts(api.json("/api/v1/findings?object=Service%20shop/pay"), "reason"))
          .containsExactly("SERVICE_WITHOUT_SLICES");
      JsonNode bySeverity = api.json("/api/v1/findings?sort=severity");
      assertThat(texts(bySeverity, "severity")).containsExactly("ERROR", "WARNING", "WARNING");
      assertThat(bySeverity.at("/severities").toString())
          .isEqualTo("{\"ERROR\":1,\"WARNING\":2,\"INFO\":0}");
    }
  }

  private static String encoded(JsonNode page) {
    return URLEncoder.encode(page.at("/continue").stringValue(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /none.js                       | 404 | there is the page at /, and /api/v1/
          GET  | /api/v1/                       | 404 | check, clients, findings, load, loggers
          GET  | /api/v1/clients/one            | 404 | clients
          GET  | /api/v1/clients?stat=synced    | 400 | there is no parameter 'stat'
          GET  | /api/v1/clients?limit=0        | 400 | 1 to 10000
          GET  | /api/v1/clients?limit=ten      | 400 | 1 to 10000
          GET  | /api/v1/%zz                    | 400 | not well encoded
          GET  | /api/v1/loggers/ApiConection   | 404 | did you mean io.github.topologyxds.api.server.ApiConnection?
          GET  | /api/v1/loggers?watch          | 404 | cannot be watched
          POST | /api/v1/clients                | 405 | only GET, HEAD and PUT
          OPTIONS | /api/v1/clients             | 405 | only GET, HEAD and PUT
          PUT  | /api/v1/clients                | 405 | only be read
          PUT  | /api/v1/loggers                | 405 | only be read
          GET  | /api/v1/services/shop/none/explain?zone=a       | 404 | no Service shop/none
          GET  | /api/v1/services/shop/cart/explain              | 400 | say from where
          GET  | /api/v1/services/shop/cart/explain?client=me    | 404 | no client 'me' is connected
          GET  | /api/v1/services/shop/cart/explain?zone=a&port=9 | 404 | it serves: http 80
          GET  | /api/v1/services/shop/cart/explain?zone=a&family=5 | 400 | IPv4 nor IPv6
          GET  | /api/v1/services/shop/cart/explain?zone=a&text=x | 400 | neither table nor wide
          GET  | /api/v1/services?sort=best     | 400 | none of name, leaves, worst
          GET  | /api/v1/clients?sort=best      | 400 | neither id nor worst
          GET  | /api/v1/findings?sort=best     | 400 | neither object nor severity
          GET  | /api/v1/zones?ports=-1         | 400 | no number from 0
          GET  | /api/v1/zones?what-if=zone     | 400 | no KEY=VALUE
          PUT  | /api/v1/loggers/no.such.logger | 404 | no logger
          """)
  void saysWhatIsWrongInOneLine(String method, String path, int status, String words)
      throws Exception {
    try (RunningApi api = start()) {
      String answer =
          raw(
              api,
              method + " " + path + " HTTP/1.1",
              "Host: localhost",
              "Content-Length: 17",
              "Connection: close",
              "",
              "{\"level\":\"debug\"}");
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
          .startsWith("{\"error\":\"")
          .contains(words)
          .hasLineCount(1);
    }
  }

  @Test
  void answersNoForeignHostAndAllowsNoOtherSite() throws Exception {
    try (RunningApi api = start()) {
      String line = "GET /api/v1/clients HTTP/1.1";
      assertThat(raw(api, line, "Host: evil.example", "Connection: close", "", ""))
          .startsWith("HTTP/1.1 403 ");
      assertThat(raw(api, line, "Connection: close", "", "")).startsWith("HTTP/1.1 403 ");
      HttpResponse<String> answer =
          api.send(
              HttpRequest.newBuilder(api.uri("/api/v1/clients"))
                  .header("Origin", "https://evil.example"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
      assertThat(answer.headers().firstValue("content-security-policy"))
          .contains("default-src 'none'");
    }
  }

  /** As HTTP wants it: many requests on one connection, also sent before the answers. */
  @Test
  void answersRequestsOfOneConnectionInTheirOrder() throws Exception {
    try (RunningApi api = start()) {
      String answers =
          raw(
              api,
              "GET /api/v1/findings?limit=1 HTTP/1.1",
              "Host: localhost",
              "",
              "HEAD /api/v1/findings HTTP/1.1",
              "Host: localhost",
              "",
              "GET /api/v1/nothing HTTP/1.1",
              "Host: localhost",
              "",
              "GET /api/v1/loggers HTTP/1.1",
              "Host: localhost",
              "Connection: close",
              "",
              "");
      assertThat(answers.split("HTTP/1.1 "))
          .satisfiesExactly(
              nothing -> assertThat(nothing).isEmpty(),
              findings -> assertThat(findings).startsWith("200 ").contains("shop/cart"),
              head -> assertThat(head).startsWith("200 ").endsWith("\r\n\r\n"),
              missing -> assertThat(missing).startsWith("404 "),
              loggers -> assertThat(loggers).startsWith("200 ").contains("effectiveLevel"));
    }
  }

  /** Of a client that is connected, of its Node, and of its zone: the same. */
  @Test
  void explainsToAConnectedClientAsItsStreamSeesIt() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      String service = "/api/v1/services/shop/cart/explain?";
      await()
          .untilAsserted(() ->
              assertThat(api.get(service + "client=shop/front-1").statusCode()).isEqualTo(200));
      JsonNode client = api.json(service + "client=shop/front-1");
      assertThat(client.at("/client/zoneSource").stringValue()).isEqualTo("NODE_LABEL");
      assertThat(client.at("/ports/0/decision/reason").stringValue())
          .isEqualTo("TRAFFIC_DISTRIBUTION");
      assertThat(client.at("/ports/0/stays").doubleValue()).isEqualTo(0.7);
      assertThat(client.at("/ports")).isEqualTo(api.json(service + "node=node-a1").at("/ports"));
      assertThat(api.json(service + "zone=&text=table").at("/text").stringValue())
          .contains("shop/cart:http", "10.0.2.1:8080");
      assertThat(
              api.json(service + "zone=zone-a&what-if=zone-down=zone-a")
                  .at("/ports/0/stays")
                  .doubleValue())
          .isZero();
    }
  }

  @Test
  void listsServicesTheWorstFirst() throws Exception {
    try (RunningApi api = start()) {
      JsonNode services = api.json("/api/v1/services?sort=leaves");
      assertThat(texts(services, "name")).containsExactly("cart", "pay", "web");
      assertThat(services.at("/items/0/ports/0/from/0/to/zone-a").doubleValue()).isEqualTo(0.7);
      assertThat(services.at("/items/0/ports/0/from/1/zone").stringValue()).isEmpty();
      assertThat(texts(api.json("/api/v1/services?reason=NO_SLICE"), "name"))
          .containsExactly("pay", "web");
      assertThat(texts(api.json("/api/v1/services?sort=worst"), "name"))
          .containsExactly("pay", "web", "cart");
      assertThat(texts(api.json("/api/v1/services?search=op/ca"), "name")).containsExactly("cart");
      assertThat(texts(api.json("/api/v1/services?from=zone-a&to=zone-b"), "name"))
          .containsExactly("cart");
      assertThat(api.json("/api/v1/services?from=zone-b").at("/total").intValue()).isZero();
      assertThat(services.at("/items/0/leaves").doubleValue()).isBetween(0.299, 0.301);
      assertThat(api.json("/api/v1/services?name=pay").at("/items/0/nowhere").intValue()).isOne();
      JsonNode zones = api.json("/api/v1/zones");
      assertThat(zones.at("/ports").size()).isEqualTo(3);
      assertThat(texts(api.json("/api/v1/zones?ports=1").at("/ports"), "cluster"))
          .containsExactly("shop/cart:http");
      assertThat(zones.at("/expected/rows/0/zones/zone-b").doubleValue()).isEqualTo(0.3);
      assertThat(zones.at("/expected/rows/0/stays").doubleValue()).isEqualTo(0.7);
    }
  }

  @Test
  void changesTheLevelOfALoggerAndBack() throws Exception {
    try (RunningApi api = start()) {
      assertThat(put(api, LOGGER, "{\"level\": \"DEBUG\"}").body())
          .isEqualTo(
              "{\"name\":\"" + LOGGER + "\",\"level\":\"debug\",\"effectiveLevel\":\"debug\"}");
      assertThat(api.json("/api/v1/loggers/" + LOGGER).at("/effectiveLevel").stringValue())
          .isEqualTo("debug");
      assertThat(put(api, LOGGER, "{\"level\": null}").body())
          .contains("\"level\":null,\"effectiveLevel\":\"info\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"level\": \"loud\"}", "{\"level\": 1}", "{}"})
  void refusesWhatIsNoLevel(String body) throws Exception {
    try (RunningApi api = start()) {
      HttpResponse<String> answer = put(api, LOGGER, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("off, error, warn, info, debug, trace");
    }
  }

  private static HttpResponse<String> put(RunningApi api, String logger, String body)
      throws Exception {
    return api.send(
        HttpRequest.newBuilder(api.uri("/api/v1/loggers/" + logger))
            .PUT(BodyPublishers.ofString(body)));
  }

  private RunningApi start() throws Exception {
    return new RunningApi(folder, MANIFESTS);
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    (list.isArray() ? list : list.at("/items"))
        .forEach(item -> texts.add(Objects.toString(item.at("/" + field).stringValue())));
    return texts;
  }

  /** Sends lines as they stand, and reads until the server closes. */
  private static String raw(RunningApi api, String... lines) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      String request = String.join("\r\n", lines);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
