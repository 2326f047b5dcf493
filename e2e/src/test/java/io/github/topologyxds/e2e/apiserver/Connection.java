package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Serves the requests of connections, one after the other on each. */
final class Connection {
  private final Store store;
  private final Faults faults;
  private final Handler handler;
  private final RequestLog log;
  private final PodPorts pods;
  private final Function<Request, String> users;
  private final Supplier<WatchRules> rules;
  private final Set<WatchStream> watches = ConcurrentHashMap.newKeySet();

  /** What the connections of a server share. */
  record Shared(
      Store store,
      Faults faults,
      TokenIssuer tokens,
      RequestLog log,
      PodPorts pods,
      Function<Request, String> users,
      Supplier<WatchRules> rules) {}

  Connection(Shared shared) {
    this.store = shared.store();
    this.faults = shared.faults();
    this.log = shared.log();
    this.pods = shared.pods();
    this.users = shared.users();
    this.rules = shared.rules();
    this.handler = new Handler(store, faults, shared.tokens());
  }

  void serve(Socket socket) {
    try {
      Wire wire = new Wire(socket);
      Request request = wire.read();
      while (request != null && !socket.isClosed()) {
        answer(request, wire);
        request = socket.isClosed() ? null : wire.read();
      }
    } catch (IOException e) {
      // The client went, or a test closed the connection under it.
      Thread.onSpinWait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int openWatches() {
    return watches.size();
  }

  void endWatches(Ending ending) {
    watches.forEach(watch -> watch.end(ending));
    faults.recheck();
    store.wake();
  }

  private void answer(Request request, Wire wire) throws IOException, InterruptedException {
    String user = users.apply(request);
    int number = log.arrived(request, user);
    faults.holdWhileHung(request, () -> true);
    Optional<Answer> answer = handler.answer(request, user);
    if (answer.isEmpty()) {
      wire.end(Ending.RESET);
      return;
    }
    switch (answer.get()) {
      case Answer.Content content -> {
        log.answered(number, content.status());
        send(content, request, wire);
      }
      case Answer.PortForward port -> {
        log.answered(number, 101);
        pods.forward(port, wire.webSocket(request, PodPorts.PROTOCOL));
        wire.end(Ending.CUT);
      }
      case Answer.Watch watch -> {
        log.answered(number, 200);
        watch(request, watch, wire);
      }
    }
  }

  private void send(Answer.Content content, Request request, Wire wire) throws IOException {
    Optional<Fault.WithinAnswer> fault =
        faults.within(
            request, it -> it instanceof Fault.BrokenJson || it instanceof Fault.TruncatedChunk);
    if (fault.isEmpty()) {
      wire.answer(content);
    } else if (fault.get() instanceof Fault.TruncatedChunk) {
      wire.startChunks(content);
      wire.truncatedChunk(content.body());
    } else {
      wire.answer(content.broken());
    }
  }

  private void watch(Request request, Answer.Watch watch, Wire wire)
      throws IOException, InterruptedException {
    WatchStream stream =
        new WatchStream(request, watch, wire, new WatchStream.World(store, faults, rules.get()));
    wire.startChunks(Answer.Content.json(200, new byte[0]));
    watches.add(stream);
    Thread.ofVirtual().name("apiserver-watch-end").start(() -> endWithClient(stream, wire));
    try {
      stream.run();
    } finally {
      watches.remove(stream);
    }
  }

  /** A watch without news would notice the client's going only at its next write. */
  private void endWithClient(WatchStream stream, Wire wire) {
    try {
      wire.awaitClientGone();
    } catch (IOException e) {
      // Closed on our side: the same end.
      Thread.onSpinWait();
    }
    stream.end(Ending.CUT);
    faults.recheck();
    store.wake();
  }
}
