package io.github.topologyxds.load;

import io.github.topologyxds.lifecycle.WorkerThread;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load that proxies report: the last hour of it, and what has come since the start. One thread,
 * "load-reports", owns the history; any thread may call.
 */
public final class LoadReports implements LoadSink, MeasuredLoad, AutoCloseable {
  private static final long NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final long begun;
  private final ExecutorService owner = WorkerThread.named("load-reports", Integer.MAX_VALUE);

  // Owner: that thread.
  private final LoadHistory history;

  private final AtomicInteger streams = new AtomicInteger();
  private final LongAdder reports = new LongAdder();
  private final Map<ZonePair, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<NotCounted, LongAccumulator> refused = new EnumMap<>(NotCounted.class);

  /** From where to where; each a known zone or {@link LoadKey#UNKNOWN}. */
  public record ZonePair(String from, String to) {
    /** In plain code, as {@link LoadKey#equals} is. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ZonePair pair && from.equals(pair.from) && to.equals(pair.to);
    }

    @Override
    public int hashCode() {
      return from.hashCode() * 31 + to.hashCode();
    }
  }

  /**
   * Begins empty.
   *
   * @param nanos a clock that does not go back, such as {@link System#nanoTime}
   */
  public LoadReports(LongSupplier nanos) {
    this(nanos, LoadHistory.USUAL_LIMIT);
  }

  LoadReports(LongSupplier nanos, long limit) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.history = new LoadHistory(limit);
    for (NotCounted cause : NotCounted.values()) {
      refused.put(cause, new LongAccumulator(ReportIntake::saturatedSum, 0));
    }
  }

  @Override
  public CompletionStage<Void> add(ReportIntake.Taken report) {
    try {
      return CompletableFuture.runAsync(() -> count(report), owner);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void count(ReportIntake.Taken report) {
    reports.increment();
    report.refused().forEach((cause, count) -> counter(cause).accumulate(count));
    history.add(minute(), report.loads());
    for (CountedLoad load : report.loads()) {
      LoadKey key = load.key();
      sent(new ZonePair(key.fromZone(), key.toZone())).add(load.counts().requests());
    }
  }

  /** Looks first: a pair is there nearly always, and computeIfAbsent may lock even then. */
  private LongAdder sent(ZonePair pair) {
    LongAdder there = requests.get(pair);
    return there == null ? requests.computeIfAbsent(pair, none -> new LongAdder()) : there;
  }

  @Override
  public void opened() {
    streams.incrementAndGet();
  }

  @Override
  public void closed() {
    streams.decrementAndGet();
  }

  @Override
  public LoadMatrix all(int minutes) {
    return asked(() -> {
      MatrixSum sum = new MatrixSum();
      history.each(minute(), minutes, sum::add);
      return sum.matrix(seconds(minutes), 0);
    });
  }

  @Override
  public LoadMatrix of(ObjectName service, int minutes) {
    return asked(() -> {
      MatrixSum sum = new MatrixSum();
      LongAdder other = new LongAdder();
      history.each(
          minute(),
          minutes,
          (key, counts) -> {
            if (key.port().equals(LoadKey.OTHER)) {
              other.add(counts.requests());
            } else if (ResourceNames.isPortOf(service, key.port())) {
              sum.add(key, counts);
            }
          });
      return sum.matrix(seconds(minutes), other.sum());
    });
  }

  @Override
  public SortedMap<String, LoadMatrix> byPort(int minutes) {
    return asked(() -> {
      Map<String, MatrixSum> sums = new TreeMap<>();
      history.each(
          minute(),
          minutes,
          (key, counts) ->
              sums.computeIfAbsent(key.port(), port -> new MatrixSum()).add(key, counts));
      SortedMap<String, LoadMatrix> matrices = new TreeMap<>();
      MatrixSum others = sums.getOrDefault(LoadKey.OTHER, new MatrixSum());
      sums.forEach((port, sum) ->
          matrices.put(
              port,
              sum.matrix(seconds(minutes), port.equals(LoadKey.OTHER) ? 0 : others.requests())));
      return matrices;
    });
  }

  private <T> T asked(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, owner).join();
  }

  private long minute() {
    return Math.floorDiv(nanos.getAsLong(), NANOS_PER_MINUTE);
  }

  /** The whole minutes and the running one, as far as there were any. */
  private long seconds(int minutes) {
    long now = nanos.getAsLong();
    long covered = minutes * NANOS_PER_MINUTE + Math.floorMod(now, NANOS_PER_MINUTE);
    return Math.min(covered, now - begun) / NANOS_PER_SECOND;
  }

  private LongAccumulator counter(NotCounted cause) {
    LongAccumulator counter = refused.get(cause);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + cause);
    }
    return counter;
  }

  @Override
  public int streams() {
    return streams.get();
  }

  /** Returns how many reports have come since the start. */
  public long reports() {
    return reports.sum();
  }

  /** Returns how many reported requests did not count for this cause. */
  public long notCounted(NotCounted cause) {
    return counter(cause).get();
  }

  /** Returns between which zones requests were counted since the start. */
  public Set<ZonePair> zonePairs() {
    return Set.copyOf(requests.keySet());
  }

  /** Returns how many requests were counted since the start between two zones. */
  public long requests(ZonePair pair) {
    LongAdder adder = requests.get(pair);
    return adder == null ? 0 : adder.sum();
  }

  @Override
  public void close() {
    owner.shutdownNow();
  }
}
