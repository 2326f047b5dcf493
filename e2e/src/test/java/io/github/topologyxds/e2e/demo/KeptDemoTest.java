package io.github.topologyxds.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.replicas.CommandRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo --keep} as somebody meets it: reads what it prints, tries it, and presses Ctrl-C. */
class KeptDemoTest {
  private static final Pattern REQUESTS =
      Pattern.compile(
          "topology_xds_requests_total\\{from_zone=\"([^\"]*)\",to_zone=\"([^\"]*)\"} ([0-9.E]+)");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void saysWhatThereIsGoesOnAndLeavesNothing() throws Exception {
    Path printed = folder.resolve("printed");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (RunningDemo running = RunningDemo.start(printed, temporary)) {
      Process demo = running.process();
      String text = running.text();
      assertThat(text)
          .contains("together, as the Envoys report it: 4500 of 4500 requests")
          .contains("all requests went where they should")
          .contains("Envoy of zone-a", "Envoy of zone-b", "Envoy of zone-c")
          .containsPattern("curl -x http://127\\.0\\.0\\.1:[0-9]+ http://web\\.shop/")
          .containsPattern("page +http://127\\.0\\.0\\.1:[0-9]+/\n")
          .containsPattern("web-slice\\.yaml: ");
      List<ProcessHandle> children = demo.children().toList();
      assertThat(children).hasSize(3);

      assertThat(why(text).out()).startsWith("shop/web:http from node-a (zone-a, by its Node)");
      assertThat(throughEnvoy(text)).isEqualTo(200);
      changesAreSeen(running);
      Wait.until("explain says the same")
          .untilAsserted(() -> assertThat(why(text).out()).contains("leaves: 100 %"));
      List<Path> made = list(temporary);
      assertThat(made).isNotEmpty();
      interrupt(demo);

      assertThat(demo.onExit().join().exitValue()).isNotZero();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(list(temporary)).isEmpty();
      assertThat(printed).content().doesNotContain("Exception");
    }
  }

  /** Runs the command that is printed. */
  private static CommandRun why(String text) {
    return CommandRun.of(found("bin/topology-xds (explain .+)", text));
  }

  /** Asks as the printed curl does. */
  private static int throughEnvoy(String text) throws Exception {
    URI proxy = URI.create(found("curl -x (http://\\S+)", text));
    URI service = URI.create(found("curl -x http://\\S+ (http://\\S+)", text));
    try (HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
            .build()) {
      return client
          .send(HttpRequest.newBuilder(service).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** As it is told: nothing is ready in zone-a any more, so its requests go elsewhere. */
  private static void changesAreSeen(RunningDemo demo) throws Exception {
    URI metrics = URI.create(demo.found("(http://127\\.0\\.0\\.1:[0-9]+/metrics)"));
    Map<String, Double> before = requests(metrics);
    Wait.until("requests that go on").until(() -> near(requests(metrics)) > near(before));
    double crossing = crossing(requests(metrics));
    demo.unready("zone: zone-a");
    Wait.until("zone-a's requests in other zones")
        .until(() -> crossing(requests(metrics)) >= crossing + 10);
  }

  private static double near(Map<String, Double> requests) {
    return requests.getOrDefault("zone-a zone-a", 0.0);
  }

  private static double crossing(Map<String, Double> requests) {
    return requests.getOrDefault("zone-a zone-b", 0.0)
        + requests.getOrDefault("zone-a zone-c", 0.0);
  }

  /** What Ctrl-C sends, to it alone: its Envoys are its own to end. */
  private static void interrupt(Process demo) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static Map<String, Double> requests(URI metrics) throws Exception {
    String body =
        CLIENT.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    Map<String, Double> requests = new TreeMap<>();
    REQUESTS
        .matcher(body)
        .results()
        .forEach(line ->
            requests.put(line.group(1) + " " + line.group(2), Double.parseDouble(line.group(3))));
    return requests;
  }

  /** Without the empty files by which the processes of a user agree on ports. */
  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("topology-xds-ports-"))
          .toList();
    }
  }
}
