package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One open watch. Its state belongs to the thread that runs it, but for {@code ending}. */
final class WatchStream {
  private static final Duration MAX_AGE = Duration.ofMinutes(30);
  private static final String END_OF_INITIAL =
      ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}";

  private final Request request;
  private final Answer.Watch watch;
  private final Wire wire;
  private final Store store;
  private final Faults faults;
  private final WatchRules rules;
  private final Selection selection;
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final List<WatchEvent> held = new ArrayList<>();
  private Store.Cursor cursor = new Store.Cursor(0, 0);

  WatchStream(Request request, Answer.Watch watch, Wire wire, World world) {
    this.request = request;
    this.watch = watch;
    this.wire = wire;
    this.store = world.store();
    this.faults = world.faults();
    this.rules = world.rules();
    this.selection = Selection.of(watch.target(), watch.query());
  }

  /** What a watch stands on. */
  record World(Store store, Faults faults, WatchRules rules) {}

  /** Asks the watch to end soon; of several askers the first one counts. From any thread. */
  void end(Ending how) {
    ending.compareAndSet(null, how);
  }

  boolean isOpen() {
    return ending.get() == null;
  }

  /** Serves the watch to its end. */
  void run() throws IOException, InterruptedException {
    if (start()) {
      serve();
    }
    wire.end(Objects.requireNonNullElse(ending.get(), Ending.CLEAN));
  }

  /** Sends what comes before all changes; false when that is the end already. */
  private boolean start() throws IOException {
    ResourceKind kind = watch.target().kind();
    String version = watch.query().getOrDefault("resourceVersion", "");
    boolean initial = "true".equals(watch.query().get("sendInitialEvents"));
    if (initial && rules.watchList() == WatchRules.WatchList.REFUSED) {
      send(
          WatchEvent.error(
              Refusal.plain(
                  500,
                  "InternalError",
                  "a watch stream was requested by the client but the required storage feature"
                      + " RequestWatchProgress is disabled")));
      return false;
    }
    if (initial || version.isEmpty() || version.equals("0")) {
      Store.Snapshot now = store.now(kind);
      for (StoredObject object : now.objects().values()) {
        if (selection.selects(object)) {
          send(new WatchEvent("ADDED", object.revision(), object.whole()));
        }
      }
      cursor = new Store.Cursor(now.revision(), 0);
      if (initial) {
        send(WatchEvent.bookmark(kind, cursor.revision(), END_OF_INITIAL));
      }
      return true;
    }
    cursor = new Store.Cursor(Long.parseLong(version), 0);
    if (cursor.revision() < store.compacted()) {
      send(WatchEvent.error(Refusal.watchExpired(cursor.revision(), store.compacted())));
      return false;
    }
    return true;
  }

  private void serve() throws IOException, InterruptedException {
    String timeout = watch.query().getOrDefault("timeoutSeconds", "");
    Duration length = timeout.isEmpty() ? MAX_AGE : Duration.ofSeconds(Long.parseLong(timeout));
    long deadline = System.nanoTime() + length.toNanos();
    boolean bookmarks = "true".equals(watch.query().get("allowWatchBookmarks"));
    long bookmark = System.nanoTime() + rules.bookmarkPeriod().toNanos();
    while (isOpen()) {
      long now = System.nanoTime();
      if (now - deadline >= 0) {
        return;
      }
      long next = bookmarks && bookmark - deadline < 0 ? bookmark : deadline;
      Store.News news = store.news(watch.target().kind(), cursor, next - now);
      faults.holdWhileHung(request, this::isOpen);
      if (!isOpen() || !deliver(news)) {
        return;
      }
      if (bookmarks && held.isEmpty() && System.nanoTime() - bookmark >= 0) {
        send(WatchEvent.bookmark(watch.target().kind(), cursor.revision(), ""));
        bookmark = System.nanoTime() + rules.bookmarkPeriod().toNanos();
      }
    }
  }

  /** Sends the news, as the faults want them; false when that was the end. */
  private boolean deliver(Store.News news) throws IOException {
    if (news.forgotten()) {
      // Two compactions while the watch stood still.
      send(WatchEvent.error(Refusal.watchExpired(cursor.revision(), store.compacted())));
      return false;
    }
    List<WatchEvent> events = new ArrayList<>();
    List<WatchEvent> former = new ArrayList<>();
    for (Change change : news.changes()) {
      WatchEvent event = change.event(selection);
      if (event != null) {
        events.add(event);
        former.add(formerState(change).orElse(event));
      }
    }
    Optional<Fault.WithinAnswer> fault =
        faults.within(
            request, it -> it instanceof Fault.GoneEvent || !events.isEmpty() || reorders(it));
    if (fault.isEmpty()) {
      flush();
      send(events);
      cursor = news.until();
      return true;
    }
    boolean goesOn = true;
    switch (fault.get()) {
      case Fault.GoneEvent() -> {
        send(WatchEvent.error(Refusal.watchExpired(cursor.revision(), store.revision())));
        goesOn = false;
      }
      case Fault.BrokenJson() -> {
        wire.chunk(events.get(0).brokenLine());
        send(events.subList(1, events.size()));
      }
      case Fault.TruncatedChunk() -> {
        wire.truncatedChunk(events.get(0).line());
        end(Ending.CUT);
        goesOn = false;
      }
      case Fault.Duplicated() -> {
        for (WatchEvent event : events) {
          send(List.of(event, event));
        }
      }
      case Fault.Replayed() -> {
        for (int i = 0; i < events.size(); i++) {
          send(List.of(events.get(i), former.get(i)));
        }
      }
      case Fault.Reordered(int window, long seed) -> {
        held.addAll(events);
        if (held.size() >= window) {
          Collections.shuffle(held, new Random(seed ^ cursor.revision()));
          flush();
        }
      }
    }
    cursor = news.until();
    return goesOn;
  }

  /** The window stays closed as long as the fault is in force, also when nothing is new. */
  private boolean reorders(Fault.WithinAnswer fault) {
    return !held.isEmpty() && fault instanceof Fault.Reordered;
  }

  private static Optional<WatchEvent> formerState(Change change) {
    return Optional.ofNullable(change.before())
        .map(before -> new WatchEvent("MODIFIED", before.revision(), before.whole()));
  }

  private void flush() throws IOException {
    send(held);
    held.clear();
  }

  private void send(List<WatchEvent> events) throws IOException {
    for (WatchEvent event : events) {
      send(event);
    }
  }

  private void send(WatchEvent event) throws IOException {
    wire.chunk(event.line());
  }
}
