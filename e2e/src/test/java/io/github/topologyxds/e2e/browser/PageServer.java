package io.github.topologyxds.e2e.browser;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code serve} over a folder as a process, with its page; it can be away for a while. */
final class PageServer implements AutoCloseable {
  private final Path folder;
  private final int xds;
  private final int api = FreePorts.next();
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerProcess process;

  PageServer(Path folder) throws IOException {
    this(folder, FreePorts.next());
  }

  /** Starts it with the xDS port of a bench. */
  PageServer(Path folder, int xds) throws IOException {
    this.folder = folder;
    this.xds = xds;
    this.process = ServerProcess.startWithApi(folder, xds, api);
  }

  int xdsPort() {
    return xds;
  }

  /** Where the page is, without a slash at the end. */
  URI origin() {
    return URI.create("http://127.0.0.1:" + api);
  }

  /** Returns the CPU time that it has taken. */
  Duration cpu() {
    return process.process().info().totalCpuDuration().orElseThrow();
  }

  /** Kills it. */
  void stop() {
    process.stop();
  }

  /** Starts it again, at the same ports. */
  void startAgain() throws IOException {
    process = ServerProcess.startWithApi(folder, xds, api);
  }

  /** Returns an answer of the API, below {@code /api/v1/}. */
  JsonNode json(String path) throws IOException, InterruptedException {
    URI uri = URI.create(origin() + "/api/v1/" + path);
    return new JsonMapper()
        .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    process.stop();
    client.close();
  }
}
