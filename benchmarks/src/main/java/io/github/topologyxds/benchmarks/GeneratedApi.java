package io.github.topologyxds.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers LIST and WATCH of a large cluster as an API server would, page by page and with {@code
 * managedFields}, and keeps none of it: the heap belongs to the product.
 *
 * @param endpoints of each Service, in one slice
 */
public record GeneratedApi(
    int services, int endpoints, int nodes, HttpServer server, LongAdder asked, LongAdder sent)
    implements AutoCloseable {
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(25);
  private static final Pattern LIMIT = Pattern.compile("limit=(\\d+)");
  private static final Pattern CONTINUE = Pattern.compile("continue=(\\d+)");

  /** Lines for the watch of slices; there is one reader. */
  private static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

  /** What a slice of the EndpointSlice controller carries along, and nobody here reads. */
  private static final String MANAGED =
      "\"managedFields\":[{\"manager\":\"kube-controller-manager\",\"operation\":\"Update\","
          + "\"apiVersion\":\"v1\",\"time\":\"2026-01-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\","
          + "\"fieldsV1\":{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},\"f:spec\":{}}}]";

  /** Starts to answer on a port of 127.0.0.1. */
  public static GeneratedApi start(int services, int endpoints, int nodes) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GeneratedApi api =
        new GeneratedApi(services, endpoints, nodes, server, new LongAdder(), new LongAdder());
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", api::handle);
    server.start();
    return api;
  }

  /** Writes a kubeconfig that leads here. */
  public Path kubeconfig() throws IOException {
    Path file = Files.createTempFile("generated-api", ".kubeconfig");
    return Files.writeString(
        file,
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "c",
         "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:%d"}}],
         "users": [{"name": "u", "user": {"token": "t"}}],
         "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}]}
        """
            .formatted(server.getAddress().getPort()));
  }

  /** Sends a new state of a Service's slice to the watch. */
  static void change(String slice) {
    EVENTS.add("{\"type\":\"MODIFIED\",\"object\":" + slice + "}\n");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (query.contains("watch=true")) {
        exchange.sendResponseHeaders(200, 0);
        // The headers are the server's consent to the watch.
        exchange.getResponseBody().flush();
        if (path.endsWith("/endpointslices")) {
          watch(exchange.getResponseBody());
        } else {
          // Nothing ever happens to the other kinds.
          TimeUnit.NANOSECONDS.sleep(WATCH_NANOS);
        }
      } else {
        byte[] page = page(path.substring(path.lastIndexOf('/') + 1), query);
        String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        if (accept.contains("as=PartialObjectMetadataList")) {
          page = metadataAlone(page);
        }
        asked.increment();
        sent.add(page.length);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void watch(OutputStream out) throws IOException, InterruptedException {
    long end = System.nanoTime() + WATCH_NANOS;
    while (System.nanoTime() < end) {
      String line = EVENTS.poll(1, TimeUnit.SECONDS);
      if (line != null) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private byte[] page(String plural, String query) {
    return switch (plural) {
      case "namespaces" -> page(query, 1, i -> "{\"metadata\":{\"name\":\"shop\"}}");
      case "nodes" -> page(query, nodes, GeneratedApi::node);
      case "services" -> page(query, services, GeneratedApi::service);
      case "endpointslices" -> page(query, services, i -> slice(i, 100, 0));
      default -> page(query, 0, i -> "");
    };
  }

  private static byte[] page(String query, int total, IntFunction<String> item) {
    int begin = number(CONTINUE, query, 0);
    int end = Math.min(total, begin + number(LIMIT, query, 500));
    StringBuilder json = new StringBuilder("{\"metadata\":{\"resourceVersion\":\"1000\"");
    json.append(end < total ? ",\"continue\":\"" + end + "\"" : "").append("},\"items\":[");
    for (int i = begin; i < end; i++) {
      json.append(i == begin ? "" : ",").append(item.apply(i));
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns how many LISTs, or pages of one, were answered. */
  public long requests() {
    return asked.sum();
  }

  /** Returns how many bytes these answers had. */
  public long bytes() {
    return sent.sum();
  }

  /** What an API server sends of each object then: all of its metadata, and nothing else. */
  private static byte[] metadataAlone(byte[] page) {
    String json = new String(page, StandardCharsets.UTF_8);
    int items = json.indexOf("\"items\":[");
    StringBuilder out = new StringBuilder("{\"kind\":\"PartialObjectMetadataList\",");
    out.append(json, 1, items).append("\"items\":[");
    String begin = "{\"metadata\":";
    boolean first = true;
    for (int at = json.indexOf(begin, items); at >= 0; at = json.indexOf(begin, at + 1)) {
      int depth = 0;
      int end = at + begin.length();
      do {
        depth += json.charAt(end) == '{' ? 1 : json.charAt(end) == '}' ? -1 : 0;
        end++;
      } while (depth > 0);
      out.append(first ? "" : ",").append(json, at, end).append('}');
      first = false;
    }
    return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int number(Pattern pattern, String query, int otherwise) {
    Matcher matcher = pattern.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  private static String node(int i) {
    return """
    {"metadata":{"name":"node-%d","resourceVersion":"5",%s,
     "labels":{"topology.kubernetes.io/zone":"zone-%d","topology.kubernetes.io/region":"r"}},
     "status":{"conditions":[{"type":"Ready","status":"True"}]}}
    """
        .formatted(i, MANAGED, i % 3);
  }

  private static String service(int i) {
    return """
    {"metadata":{"name":"svc-%1$d","namespace":"shop","uid":"u-%1$d","resourceVersion":"6",%2$s},
     "spec":{"clusterIP":"10.96.%3$d.%4$d","trafficDistribution":"PreferSameZone",
     "ports":[{"name":"http","port":80,"protocol":"TCP"}]}}
    """
        .formatted(i, MANAGED, i >> 8, i & 255);
  }

  /**
   * Returns the slice of a Service, on one line, with the address of one endpoint as given; 0 is
   * how it begins.
   */
  String slice(int service, long version, int first) {
    StringBuilder json = new StringBuilder(endpoints * 300);
    json.append("{\"metadata\":{\"name\":\"svc-").append(service);
    json.append("-x\",\"namespace\":\"shop\",\"resourceVersion\":\"").append(version);
    json.append("\",").append(MANAGED);
    json.append(",\"labels\":{\"kubernetes.io/service-name\":\"svc-").append(service);
    json.append("\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"http\",\"port\":8080,");
    json.append("\"protocol\":\"TCP\"}],\"endpoints\":[");
    for (int i = 0; i < endpoints; i++) {
      int number = service * endpoints + i;
      int node = number % nodes;
      json.append(i == 0 ? "" : ",");
      json.append("{\"addresses\":[\"10.").append(i == 0 ? 20 + first : 128 + (number >> 16));
      json.append('.').append(number >> 8 & 255).append('.').append(number & 255);
      json.append("\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false},");
      json.append("\"nodeName\":\"node-").append(node).append("\",\"zone\":\"zone-");
      json.append(node % 3).append("\",\"hints\":{\"forZones\":[{\"name\":\"zone-");
      json.append(node % 3).append("\"}]},\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"shop\",");
      json.append("\"name\":\"svc-").append(service).append('-').append(i);
      json.append("\",\"uid\":\"00000000-0000-0000-0000-").append(number).append("\"}}");
    }
    return json.append("]}").toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
