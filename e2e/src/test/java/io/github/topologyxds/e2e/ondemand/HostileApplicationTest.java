package io.github.topologyxds.e2e.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.captured.CapturingSidecar;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.DeployedJvm;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application asks its sidecar for 100,000 hosts that are no Service's, one request each. What
 * it may cost: some 100 MB of its own Envoy, which never forgets a name; 20 MB that the server
 * keeps; and nothing of the others.
 */
@Tag("hostile")
class HostileApplicationTest {
  private static final int HOSTS = 100_000;
  private static final int WARM_UP = 5_000;
  private static final int AT_ONCE = 20;
  private static final int SERVICES = 300;

  /** The goal is 100 MB; 93 and 98 have been seen. */
  private static final long ENVOY_BYTES = 110_000_000;

  private static final long SERVER_BYTES = 20_000_000;

  /** The last line of {@code jcmd PID GC.class_histogram}: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

  private final Bench bench = new Bench(new ProcessEnvoyRunner());

  HostileApplicationTest() throws IOException {}

  @AfterEach
  void end() throws IOException {
    bench.close();
  }

  @Test
  void harmsItselfAlone(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("server.log");
    int backendPort = FreePorts.next();
    bench.world().zones(3);
    for (int zone = 0; zone < 3; zone++) {
      EchoBackend backend =
          EchoBackend.start(
              new BackendSpec("pod", "zone", "node", ManyServices.backend(zone), backendPort));
      bench.closing(backend::close);
    }
    ManyServices services = new ManyServices(bench.world().folder(), SERVICES, backendPort);
    ServerProcess server =
        ServerProcess.start(
            bench.world().folder(),
            bench.xdsPort(),
            Redirect.to(log.toFile()),
            DeployedJvm.options());
    try (CapturingSidecar other = sidecar();
        CapturingSidecar hostile = sidecar();
        OnDemandTraffic traffic = new OnDemandTraffic(other, services.count(), SERVICES)) {
      // The first hundreds are answered with a cluster each. What is warm grows no more by itself.
      ask(hostile, 0, WARM_UP);
      Wait.until("the other's Services in use")
          .atMost(Duration.ofMinutes(3))
          .until(() -> traffic.sent() > 10 * SERVICES);
      long envoyBefore = rss(hostile.envoy().pid());
      long rssBefore = rss(server.process().pid());
      long heapBefore = liveHeap(server.process().pid());
      int sentBefore = traffic.sent();

      ask(hostile, WARM_UP, HOSTS);

      long envoyMore = rss(hostile.envoy().pid()) - envoyBefore;
      long rssMore = rss(server.process().pid()) - rssBefore;
      long heapMore = liveHeap(server.process().pid()) - heapBefore;
      System.out.printf(
          "%d hosts: RSS of their Envoy %d %+d kB, of the server %d %+d kB, its live heap %+d kB; of %d"
              + " requests of another sidecar %d failed%n",
          HOSTS,
          envoyBefore / 1000,
          envoyMore / 1000,
          rssBefore / 1000,
          rssMore / 1000,
          heapMore / 1000,
          traffic.sent() - sentBefore,
          traffic.failed());
      assertThat(traffic.sent()).isGreaterThan(sentBefore);
      assertThat(traffic.failures()).isEmpty();
      assertThat(Files.readString(log))
          .as("slowed, not ended: it would come back and name all again")
          .contains("node-a")
          .doesNotContain("its connection is closed");
      assertThat(envoyMore).as("bytes more of Envoy").isLessThan(ENVOY_BYTES);
      assertThat(heapMore).as("bytes that the server keeps").isLessThan(SERVER_BYTES);
      assertThat(hostile.get(ManyServices.host(7))).startsWith("HTTP/1.1 200");
    } finally {
      server.stop();
    }
  }

  private CapturingSidecar sidecar() throws IOException {
    return CapturingSidecar.start(
        bench.xdsPort(), Bench.inShop("node-a"), SidecarShape.ON_DEMAND, UnderFireTest.CAUGHT);
  }

  /** As an application does that has {@code http_proxy}. */
  private static void ask(CapturingSidecar sidecar, int from, int to)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger(from);
    try (HttpClient client =
            HttpClient.newBuilder().proxy(ProxySelector.of(sidecar.explicit())).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(
            threads.submit(() -> {
              for (int host = next.getAndIncrement(); host < to; host = next.getAndIncrement()) {
                URI uri = URI.create("http://h" + host + ".example/");
                int status =
                    client
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                        .statusCode();
                assertThat(status).as(uri.toString()).isEqualTo(503);
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static long rss(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("process " + pid + " has ended");
  }

  /** After a full collection: what a JVM has not collected yet says nothing. */
  private static long liveHeap(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(printed);
    if (!total.find()) {
      throw new IOException("no histogram: " + printed);
    }
    return Long.parseLong(total.group(1));
  }
}
