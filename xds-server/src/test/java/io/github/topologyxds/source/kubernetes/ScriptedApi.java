package io.github.topologyxds.source.kubernetes;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.ApiLimits;
import io.github.topologyxds.kubernetes.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP server that answers what a test writes, byte by byte if it likes. */
public final class ScriptedApi implements AutoCloseable {
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KubernetesClient client;

  /** What one request is answered with. */
  @FunctionalInterface
  public interface Script {
    /** Writes the answer to a request, such as {@code GET /api/v1/nodes?limit=500 ...}. */
    void answer(String request, OutputStream out) throws IOException, InterruptedException;
  }

  public ScriptedApi(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                    .withMasterUrl(uri().toString())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  public ApiClient client(ApiLimits limits) {
    return new ApiClient(certificate -> client.getHttpClient(), uri(), limits, Credential.NONE);
  }

  /** Returns the heads of the requests so far. */
  public List<String> requests() {
    return requests;
  }

  /** Returns how many connections a client has not left yet. */
  public int openConnections() {
    return open.size();
  }

  /** A whole answer. */
  static void json(OutputStream out, int code, String body) throws IOException {
    String head = "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n".formatted(code, body.length());
    write(out, head + body);
  }

  /** The head of an answer whose body comes in chunks. */
  public static void begin(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\n" + CHUNKED);
  }

  public static void chunk(OutputStream out, String text) throws IOException {
    write(out, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  /** An answer that sends the client elsewhere. */
  static void redirect(OutputStream out, String where) throws IOException {
    write(out, "HTTP/1.1 307 X\r\nLocation: " + where + "\r\nContent-Length: 0\r\n\r\n");
  }

  /** The end of an answer whose body comes in chunks. */
  static void end(OutputStream out) throws IOException {
    write(out, "0\r\n\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String head = head(in);
      while (!head.isEmpty()) {
        in.readNBytes(length(head));
        requests.add(head);
        script.answer(head, socket.getOutputStream());
        head = head(in);
      }
    } catch (IOException e) {
      // The client has left: what some tests wait for.
      Thread.onSpinWait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** How long the body of a request is, which no script reads. */
  private static int length(String head) {
    Matcher length = CONTENT_LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      head.append((char) next);
      if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
      next = in.read();
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
