package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.serve.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a server counts, as its metrics tell. */
record Counters(ControlPlane server) {
  /** Returns how many responses of a type have been sent: {@code listener}, {@code endpoint}. */
  long pushes(String type) throws IOException, InterruptedException {
    return sum("topology_xds_pushes_total{type=\"" + type + "\"}");
  }

  /** Returns how many responses of all types have been refused. */
  long nacks() throws IOException, InterruptedException {
    return sum("topology_xds_nacks_total");
  }

  private long sum(String prefix) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics");
      return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(prefix))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }
}
