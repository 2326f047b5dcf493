package io.github.topologyxds.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who lists all clients and all Services over the API, each once a second, and how long
 * each answer takes until its last byte is there.
 */
final class Listing {
  private static final List<String> LISTED = List.of("clients", "services");
  private static final double NANOS_PER_MILLI = 1e6;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String api;
  private final Thread thread = new Thread(this::run, "listing");

  // Owner: the thread, until it has ended.
  private final Map<String, List<Double>> millis = new TreeMap<>();

  private Listing(int port) {
    this.api = "http://127.0.0.1:" + port + "/api/v1/";
  }

  /** Begins to list at the API's port on loopback. */
  static Listing begin(int port) {
    Listing listing = new Listing(port);
    listing.thread.setDaemon(true);
    listing.thread.start();
    return listing;
  }

  private void run() {
    try {
      while (true) {
        long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (String listed : LISTED) {
          long begun = System.nanoTime();
          list(listed);
          double took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
          millis.computeIfAbsent(listed, name -> new ArrayList<>()).add(took);
        }
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (InterruptedException e) {
      // It is over.
    } catch (IOException e) {
      System.err.println("the listing ends: " + e);
    }
  }

  private void list(String listed) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(api + listed + "?limit=10000")).build();
    int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
    if (status != 200) {
      throw new IOException(listed + " is answered with " + status);
    }
  }

  /** Adds how long the answers took; only once it has ended. */
  void describe(Map<String, Object> figures) {
    millis.forEach((listed, all) -> {
      List<Double> sorted = new ArrayList<>(all);
      Collections.sort(sorted);
      figures.put("listing_" + listed, sorted.size());
      if (!sorted.isEmpty()) {
        figures.put("listing_" + listed + "_p50_ms", sorted.get(sorted.size() / 2));
        figures.put("listing_" + listed + "_max_ms", sorted.getLast());
      }
    });
  }

  /** Lists no more. */
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    client.close();
  }
}
