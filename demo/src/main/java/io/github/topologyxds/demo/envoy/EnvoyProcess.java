package io.github.topologyxds.demo.envoy;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
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
        .addShutdownHook(
            new Thread(
                () -> RUNNING.forEach(envoy -> envoy.process.destroyForcibly()), "end-envoys"));
  }

  private final Process process;
  private final TemporaryFolder folder;
  private final EnvoySpec spec;
  private final EnvoyAdmin admin;

  private EnvoyProcess(Process process, TemporaryFolder folder, EnvoySpec spec) {
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
    TemporaryFolder folder = TemporaryFolder.create("topology-xds-envoy");
    Path bootstrap = Files.writeString(folder.path().resolve("bootstrap.yaml"), spec.bootstrap());
    ProcessBuilder builder =
        new ProcessBuilder(
            binary.path().toString(),
            "--config-path",
            bootstrap.toString(),
            // Nobody takes over from it, and nothing of it stays in shared memory.
            "--disable-hot-restart",
            "--concurrency",
            Integer.toString(spec.concurrency()),
            "--log-level",
            "warning");
    builder.redirectErrorStream(true).redirectOutput(folder.path().resolve("envoy.log").toFile());
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

  /** Returns the ports that this Envoy listens on, on 127.0.0.1. */
  public ProxyPorts ports() {
    return spec.ports();
  }

  /** Returns the client of its admin port. */
  public EnvoyAdmin admin() {
    return admin;
  }

  /** Returns the pid of the process that was started, for signals such as SIGSTOP. */
  public long pid() {
    return process.pid();
  }

  /** Returns whether the process runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /**
   * Returns counters and gauges by name.
   *
   * @param prefix of the names, "" for all
   * @throws IOException when the admin port does not answer
   */
  public Map<String, Long> stats(String prefix) throws IOException {
    return admin.stats(prefix);
  }

  /** See {@link EnvoyAdmin#statsMatching}. */
  public Map<String, Long> statsMatching(String regex) throws IOException {
    return admin.statsMatching(regex);
  }

  /** {@code /config_dump?include_eds} as JSON text. */
  public String configDump() throws IOException {
    return admin.get("/config_dump?include_eds");
  }

  /** {@code /clusters?format=json} as text; {@link EnvoyAdmin#hosts} reads it. */
  public String clusters() throws IOException {
    return admin.get("/clusters?format=json");
  }

  /**
   * Returns what the admin port says of a path, such as {@code /clusters}.
   *
   * @throws IOException when it does not answer, or not with 200
   */
  public String adminGet(String path) throws IOException {
    return admin.get(path);
  }

  /** The last lines of the log, in one text. */
  public String logTail() {
    try {
      Path log = folder.path().resolve("envoy.log");
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
      folder.close();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder.path(), e);
    } finally {
      RUNNING.remove(this);
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
