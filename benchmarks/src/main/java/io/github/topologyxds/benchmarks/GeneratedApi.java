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
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers LIST and WATCH of a large cluster as an API server would, page by page and with {@code
 * managedFields}, and keeps none of it but what has changed: where it runs beside the product, the
 * heap belongs to that. One watch of each collection at a time. Any thread may change the cluster.
 */
public final class GeneratedApi implements AutoCloseable {
  private static final Pattern LIMIT = Pattern.compile("limit=(\\d+)");
  private static final Pattern CONTINUE = Pattern.compile("continue=(\\d+)");

  private final int endpoints;
  private final int nodes;

  /** The number of Services in the beginning; others, and what has changed, have later versions. */
  private final int first;

  private final AtomicInteger services;
  private final HttpServer server;
  private final LongAdder asked = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final AtomicLong version = new AtomicLong(1_000);

  /** Where the first endpoint of a Service is now, of those that have changed. */
  private final Map<Integer, String> moved = new ConcurrentHashMap<>();

  /** Lines for the watch of a collection, by its name in the URL. */
  private final Map<String, BlockingQueue<String>> events = new ConcurrentHashMap<>();

  private GeneratedApi(int services, int endpoints, int nodes, HttpServer server) {
    this.first = services;
    this.services = new AtomicInteger(services);
    this.endpoints = endpoints;
    this.nodes = nodes;
    this.server = server;
  }

  /**
   * Starts it on a free port of loopback.
   *
   * @param endpoints of each Service, in one slice
   */
  public static GeneratedApi start(int services, int endpoints, int nodes) throws IOException {
    // Events are small: without it each waits for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GeneratedApi api = new GeneratedApi(services, endpoints, nodes, server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", api::handle);
    server.start();
    return api;
  }

  /** Returns how many LISTs were answered, pages counted each. */
  public LongAdder asked() {
    return asked;
  }

  /** Returns how many bytes that took. */
  public LongAdder sent() {
    return sent;
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

  /** A Service's first endpoint moves to this address; the watch of slices tells. */
  public void change(int service, String address) {
    version.incrementAndGet();
    moved.put(service, address);
    tell("endpointslices", "MODIFIED", slice(service));
  }

  /** One more Service comes with its slice; it must be the next number. */
  public void add(int service) {
    version.incrementAndGet();
    services.set(service + 1);
    tell("services", "ADDED", service(service));
    tell("endpointslices", "ADDED", slice(service));
  }

  private void tell(String plural, String what, String object) {
    String line = object.replace("\n", "");
    queue(plural).add("{\"type\":\"" + what + "\",\"object\":" + line + "}\n");
  }

  private BlockingQueue<String> queue(String plural) {
    return events.computeIfAbsent(plural, name -> new LinkedBlockingQueue<>());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      String plural = path.substring(path.lastIndexOf('/') + 1);
      if (query.contains("watch=true")) {
        exchange.sendResponseHeaders(200, 0);
        // The headers are the server's consent to the watch.
        exchange.getResponseBody().flush();
        watch(queue(plural), exchange.getResponseBody());
      } else {
        byte[] page = page(plural, query);
        String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        if (accept.contains("as=PartialObjectMetadataList")) {
          page = GeneratedText.metadataAlone(page);
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

  private static void watch(BlockingQueue<String> lines, OutputStream out)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(25);
    while (System.nanoTime() < end) {
      String line = lines.poll(1, TimeUnit.SECONDS);
      if (line != null) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private byte[] page(String plural, String query) {
    return switch (plural) {
      case "namespaces" -> page(query, 1, i -> "{\"metadata\":{\"name\":\"shop\"}}");
      case "nodes" -> page(query, nodes, GeneratedText::node);
      case "services" -> page(query, services.get(), this::service);
      case "endpointslices" -> page(query, services.get(), this::slice);
      default -> page(query, 0, i -> "");
    };
  }

  private byte[] page(String query, int total, IntFunction<String> item) {
    int begin = number(CONTINUE, query, 0);
    int end = Math.min(total, begin + number(LIMIT, query, 500));
    StringBuilder json = new StringBuilder("{\"metadata\":{\"resourceVersion\":\"");
    json.append(version.get()).append('"');
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

  private static int number(Pattern pattern, String query, int otherwise) {
    Matcher matcher = pattern.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  private String service(int i) {
    return """
    {"metadata":{"name":"svc-%1$d","namespace":"shop","uid":"u-%1$d","resourceVersion":"%5$d",%2$s},
     "spec":{"clusterIP":"10.96.%3$d.%4$d","trafficDistribution":"PreferSameZone",
     "ports":[{"name":"http","port":80,"protocol":"TCP"}]}}
    """
        .formatted(i, GeneratedText.MANAGED, i >> 8, i & 255, i < first ? 6 : version.get());
  }

  /** Returns the slice of a Service, on one line. */
  private String slice(int service) {
    String address = moved.getOrDefault(service, "");
    long changed = address.isEmpty() && service < first ? 100 : version.get();
    StringBuilder json = new StringBuilder(endpoints * 300);
    json.append("{\"metadata\":{\"name\":\"svc-").append(service);
    json.append("-x\",\"namespace\":\"shop\",\"resourceVersion\":\"").append(changed);
    json.append("\",").append(GeneratedText.MANAGED);
    json.append(",\"labels\":{\"kubernetes.io/service-name\":\"svc-").append(service);
    json.append("\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"http\",\"port\":8080,");
    json.append("\"protocol\":\"TCP\"}],\"endpoints\":[");
    for (int i = 0; i < endpoints; i++) {
      int number = service * endpoints + i;
      int node = number % nodes;
      json.append(i == 0 ? "" : ",");
      String own = "10.%d.%d.%d".formatted(128 + (number >> 16), (number >> 8) & 255, number & 255);
      json.append("{\"addresses\":[\"").append(i == 0 && !address.isEmpty() ? address : own);
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
