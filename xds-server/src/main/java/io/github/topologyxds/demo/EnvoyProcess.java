package io.github.topologyxds.demo;

import io.github.topologyxds.bootstrap.ProxyPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One real Envoy on this machine, which ends with this object, or with this JVM at the latest. Its
 * bootstrap and its log are in a folder of its own, which goes with it.
 */
public final class EnvoyProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TAIL_LINES = 20;

  /** Added to by those who start Envoys, read by the shutdown hook. */
  private static final Set<EnvoyProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(EnvoyProcess::kill), "end-envoys"));
  }

  private final Process process;
  private final Path folder;
  private final EnvoySpec spec;
  private final EnvoyAdmin admin;

  private EnvoyProcess(Process process, Path folder, EnvoySpec spec) {
    this.process = process;
    this.folder = folder;
    this.spec = spec;
    this.admin = new EnvoyAdmin(spec.ports().admin());
  }

  /**
   * Starts Envoy and waits until it is ready.
   *
   * @throws IOException when it ends or is not ready in time; the message ends with its log's tail
   */
  public static EnvoyProcess start(EnvoyBinary binary, EnvoySpec spec) throws IOException {
    EnvoyProcess envoy = launch(binary, spec);
    try {
      envoy.awaitReady();
      return envoy;
    } catch (IOException | RuntimeException e) {
      envoy.close();
      throw e;
    }
  }

  /** Starts Envoy without waiting, for what happens before it is ready. */
  public static EnvoyProcess launch(EnvoyBinary binary, EnvoySpec spec) throws IOException {
    Path folder = Files.createTempDirectory("topology-xds-envoy");
    Path bootstrap = Files.writeString(folder.resolve("bootstrap.yaml"), spec.bootstrap());
    ProcessBuilder builder =
        new ProcessBuilder(
            binary.path().toString(),
            "--config-path",
            bootstrap.toString(),
            "--use-dynamic-base-id",
            "--concurrency",
            Integer.toString(spec.concurrency()),
            "--log-level",
            "warning");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("envoy.log").toFile());
    EnvoyProcess envoy = new EnvoyProcess(builder.start(), folder, spec);
    RUNNING.add(envoy);
    return envoy;
  }

  /** Waits for {@code /ready}, for as long as the spec allows. */
  public void awaitReady() throws IOException {
    long deadline = System.nanoTime() + spec.readyWithin().toNanos();
    while (!admin.ready()) {
      if (!process.isAlive()) {
        throw new IOException("Envoy ended with " + process.exitValue() + ": " + logTail());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "Envoy was not ready within " + spec.readyWithin().toSeconds() + " s: " + logTail());
      }
      pause();
    }
  }

  /** Where requests go: the listener on 127.0.0.1. */
  public InetSocketAddress outbound() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), spec.ports().listener());
  }

  public ProxyPorts ports() {
    return spec.ports();
  }

  public EnvoyAdmin admin() {
    return admin;
  }

  /** Of the process that was started, for signals such as SIGSTOP. */
  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Map<String, Long> stats(String prefix) throws IOException {
    return admin.stats(prefix);
  }

  /** {@code /config_dump?include_eds} as JSON text. */
  public String configDump() throws IOException {
    return admin.get("/config_dump?include_eds");
  }

  /** {@code /clusters?format=json} as text; {@link EnvoyAdmin#hosts} reads it. */
  public String clusters() throws IOException {
    return admin.get("/clusters?format=json");
  }

  public String adminGet(String path) throws IOException {
    return admin.get(path);
  }

  /** The last lines of the log, in one text. */
  public String logTail() {
    try {
      Path log = folder.resolve("envoy.log");
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  /** Ends this Envoy, waits until it is gone and deletes its folder. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      DemoFiles.deleteTree(folder);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    } finally {
      RUNNING.remove(this);
    }
  }

  /** At the end of the JVM: there is nobody to tell about what goes wrong. */
  private void kill() {
    process.destroyForcibly();
    try {
      DemoFiles.deleteTree(folder);
    } catch (IOException e) {
      // A leftover in the temporary folder.
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for Envoy", e);
    }
  }
}
