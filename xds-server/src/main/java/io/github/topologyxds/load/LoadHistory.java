package io.github.topologyxds.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The counts of the last hour, by the minute: cells that are not zero, in a limited memory. When
 * they would take more, the ports with the fewest requests are not kept apart any more, for what is
 * over: their counts become those of {@link LoadKey#OTHER}, so that no sum changes.
 *
 * <p>Pure but for its state. Owner: one thread, that of {@link LoadReports}.
 */
final class LoadHistory {
  static final long USUAL_LIMIT = 30_000_000;

  /** Of an entry of the map of the running minute, with a name that only it has. */
  private static final int BYTES_PER_OPEN_CELL = 240;

  /** The running minute may take so much of the limit, then it is packed before its end. */
  private static final int OPEN_PART = 4;

  /** Of the limit, in percent: what is left when ports were put together. */
  private static final int SHRUNK = 80;

  private static final int PERCENT = 100;

  private final long limit;
  private final Deque<ClosedMinute> closed = new ArrayDeque<>();
  private Map<LoadKey, LoadCounts> open = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  /**
   * Begins empty.
   *
   * @param limit in bytes
   */
  LoadHistory(long limit) {
    this.limit = limit;
  }

  /** What a port takes, and how much it is used. */
  private static final class Usage {
    private long requests;
    private long bytes;
  }

  /**
   * Adds counts.
   *
   * @param now minutes since the clock's zero; never less than before
   */
  void add(long now, List<CountedLoad> loads) {
    advance(now);
    for (CountedLoad load : loads) {
      open.merge(load.key(), load.counts(), LoadCounts::plus);
      if ((long) open.size() * BYTES_PER_OPEN_CELL > limit / OPEN_PART) {
        pack();
      }
    }
  }

  /** Reads the counts of the last minutes and of the running one, a key as often as it likes. */
  void each(long now, int minutes, BiConsumer<LoadKey, LoadCounts> reader) {
    advance(now);
    for (ClosedMinute part : closed) {
      if (part.minute() >= now - minutes) {
        part.each(reader);
      }
    }
    open.forEach(reader);
  }

  /** Returns how many bytes are taken: computed, and rather more than less. */
  long bytes() {
    long bytes = (long) open.size() * BYTES_PER_OPEN_CELL;
    for (ClosedMinute part : closed) {
      bytes += part.bytes();
    }
    ClosedMinute oldest = closed.peekFirst();
    return oldest == null ? bytes : bytes - oldest.bytes() + oldest.bytesAlone();
  }

  private void advance(long now) {
    if (now == minute) {
      return;
    }
    pack();
    joinParts();
    minute = now;
    while (!closed.isEmpty() && closed.getFirst().minute() < now - MeasuredLoad.MAX_MINUTES) {
      closed.removeFirst();
    }
  }

  private void pack() {
    if (!open.isEmpty()) {
      List<CountedLoad> cells = new ArrayList<>(open.size());
      open.forEach((key, counts) -> cells.add(new CountedLoad(key, counts)));
      close(minute, cells);
      open = new HashMap<>();
    }
    // The next running minute has to fit, too.
    if (bytes() > limit - limit / OPEN_PART) {
      shrink();
    }
  }

  /** The minute is over: what was packed before its end becomes one. */
  private void joinParts() {
    List<CountedLoad> cells = new ArrayList<>();
    int parts = 0;
    for (; !closed.isEmpty() && closed.getLast().minute() == minute; parts++) {
      cells.addAll(closed.removeLast().cells());
    }
    if (parts > 0) {
      close(minute, cells);
    }
  }

  /** Packs cells in any order, as often as they come. */
  private void close(long when, List<CountedLoad> cells) {
    cells.sort(Comparator.comparing(CountedLoad::key));
    List<CountedLoad> distinct = new ArrayList<>(cells.size());
    for (CountedLoad cell : cells) {
      if (!distinct.isEmpty() && distinct.getLast().key().equals(cell.key())) {
        distinct.add(distinct.removeLast().plus(cell.counts()));
      } else {
        distinct.add(cell);
      }
    }
    closed.addLast(ClosedMinute.of(when, distinct, closed.peekLast()));
  }

  /** Puts together as many ports as it takes to be well below the limit. */
  private void shrink() {
    Set<String> least = leastUsed(bytes() - (limit - limit / OPEN_PART) * SHRUNK / PERCENT);
    List<ClosedMinute> parts = List.copyOf(closed);
    closed.clear();
    for (ClosedMinute part : parts) {
      List<CountedLoad> cells = part.cells();
      cells.replaceAll(cell -> least.contains(cell.key().port()) ? cell.ofOther() : cell);
      close(part.minute(), cells);
    }
  }

  /** Returns the ports with the fewest requests that take so many bytes together. */
  private Set<String> leastUsed(long bytes) {
    Map<String, Usage> usages = new TreeMap<>();
    for (ClosedMinute part : closed) {
      part.read((key, counts, taken) -> {
        Usage usage = usages.computeIfAbsent(key.port(), port -> new Usage());
        usage.requests += counts.requests();
        usage.bytes += taken;
      });
    }
    usages.remove(LoadKey.OTHER);
    List<Map.Entry<String, Usage>> byUse = new ArrayList<>(usages.entrySet());
    byUse.sort(Comparator.comparingLong(usage -> usage.getValue().requests));
    Set<String> least = new HashSet<>();
    long found = 0;
    for (Map.Entry<String, Usage> port : byUse) {
      if (found >= bytes) {
        break;
      }
      found += port.getValue().bytes;
      least.add(port.getKey());
    }
    return least;
  }
}
