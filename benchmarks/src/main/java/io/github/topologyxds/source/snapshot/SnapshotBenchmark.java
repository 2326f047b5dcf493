package io.github.topologyxds.source.snapshot;

import io.github.topologyxds.benchmarks.SyntheticCluster;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.StateChange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes and reads a snapshot of 10,000 Services with 10 endpoints, as the server does, and prints
 * its size and the CPU time of each time, which other programs beside it change less than the
 * clock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
@Warmup(iterations = 3)
@Measurement(iterations = 7)
public class SnapshotBenchmark {
  private static final int SERVICES = 10_000;
  private static final int ENDPOINTS = 10;
  private static final int ZONES = 3;

  private Path folder = Path.of("");
  private @Nullable SnapshotFile file;
  private final Snapshot snapshot = new Snapshot(0, "uid", state());
  private long began;

  private static KeptState state() {
    ClusterStateStore store = new ClusterStateStore();
    store.apply(
        new StateChange.Everything(
            new SyntheticCluster(ZONES).objects(SERVICES, ENDPOINTS), List.of()));
    return store.keep();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A folder, and in it a file to read. */
  @Setup
  public void prepare() throws IOException {
    folder = Files.createTempDirectory("snapshot");
    file = new SnapshotFile(folder, "bench");
    write();
    System.out.printf("%,d bytes%n", Files.size(folder.resolve("state")));
  }

  /** The clock of the thread that writes or reads. */
  @Setup(Level.Iteration)
  public void start() {
    began = cpu();
  }

  /** What it took, of CPU time. */
  @TearDown(Level.Iteration)
  public void tell() {
    System.out.printf("(%d ms of CPU) ", TimeUnit.NANOSECONDS.toMillis(cpu() - began));
  }

  /** The state is replaced. */
  @Benchmark
  public void write() throws IOException {
    Objects.requireNonNull(file).write(snapshot);
  }

  /** As at a start without the source. */
  @Benchmark
  public Optional<Snapshot> read() throws IOException {
    return Objects.requireNonNull(file).read();
  }

  /** Leaves nothing. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(folder.resolve("state"));
    Files.delete(folder);
  }
}
