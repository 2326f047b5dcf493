package io.github.topologyxds.session;

import io.github.topologyxds.lifecycle.WorkerThread;
import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells which clients come and go, a line for each: at most 20 lines a second, and then their
 * number. Lines are made and written on a thread of its own, so that no push waits for a log that
 * is slow, or for the search for a Node's name. Any thread.
 */
final class ClientLog {
  static final int LINES_A_SECOND = 20;

  private static final Logger LOG = LoggerFactory.getLogger(CurrentClient.LOGGER);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** As many as are written in a minute wait for a log that is slow; what comes then is dropped. */
  private static final int MAX_WAITING = 60 * LINES_A_SECOND;

  private final Executor writer;

  // Owner: the lock of this object.
  private final RollingLimit limit = new RollingLimit(LINES_A_SECOND);
  private LeftOut leftOut = LeftOut.NOTHING;

  /** Clients that had no line of their own. */
  private record LeftOut(int came, int onUnknownNodes, int went) {
    private static final LeftOut NOTHING = new LeftOut(0, 0, 0);

    LeftOut withComing(NodeLookup node) {
      return new LeftOut(came + 1, onUnknownNodes + (node == NodeLookup.UNKNOWN ? 1 : 0), went);
    }

    LeftOut withGoing() {
      return new LeftOut(came, onUnknownNodes, went + 1);
    }
  }

  ClientLog() {
    this(thread());
  }

  ClientLog(Executor writer) {
    this.writer = writer;
  }

  private static Executor thread() {
    ThreadPoolExecutor thread = WorkerThread.named("client-log", MAX_WAITING);
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    return thread;
  }

  /**
   * A client has introduced itself.
   *
   * @param id its {@code node.id}
   * @param nodeNames the Nodes that it may mean
   * @param clock that of the thread that this is called on
   */
  void came(String id, ClientPlace place, Set<String> nodeNames, GroupClock clock) {
    if (!admits(clock)) {
      leaveOut(leftOut -> leftOut.withComing(place.node()), clock);
      return;
    }
    writer.execute(() -> {
      if (place.node() == NodeLookup.UNKNOWN) {
        LOG.warn(
            "{} came, but nobody knows its Node{}",
            ClientWording.of(id, place),
            NodeSuggestion.words(place.nodeName(), nodeNames));
      } else {
        LOG.info("{} came", ClientWording.of(id, place));
      }
    });
  }

  /** Its stream is over; see {@link #came}. */
  void went(String id, ClientPlace place, Departure departure, GroupClock clock) {
    if (!admits(clock)) {
      leaveOut(LeftOut::withGoing, clock);
      return;
    }
    writer.execute(() ->
        LOG.info(
            "{} went: {}", ClientWording.of(id, place), Finding.quote(departure.cause(), 200)));
  }

  private synchronized boolean admits(GroupClock clock) {
    return limit.admits(clock.nanos());
  }

  private synchronized void leaveOut(UnaryOperator<LeftOut> count, GroupClock clock) {
    if (leftOut.equals(LeftOut.NOTHING)) {
      clock.after(SECOND, this::tellLeftOut);
    }
    leftOut = count.apply(leftOut);
  }

  private synchronized void tellLeftOut() {
    LeftOut told = leftOut;
    leftOut = LeftOut.NOTHING;
    if (told.equals(LeftOut.NOTHING)) {
      return;
    }
    writer.execute(() ->
        LOG.atLevel(told.onUnknownNodes() > 0 ? Level.WARN : Level.INFO)
            .log(
                "{} more clients came ({} of them on Nodes that nobody knows), {} more went",
                told.came(),
                told.onUnknownNodes(),
                told.went()));
  }

  /** Writes what is left to be told, and waits for it, one second at most. */
  void finish() {
    tellLeftOut();
    try {
      CompletableFuture.runAsync(() -> {}, writer).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The log is stuck: nobody would read what is missing.
      LOG.debug("lines of clients are lost", e);
    }
  }
}
