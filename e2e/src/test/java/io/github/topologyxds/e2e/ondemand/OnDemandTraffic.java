package io.github.topologyxds.e2e.ondemand;

import io.github.topologyxds.demo.captured.CapturingSidecar;
import java.io.IOException;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests to Services through a sidecar on demand, each over a connection of its own: by a host's
 * name, and caught on their way to a clusterIP, as HTTP and as TCP. More and more Services are
 * used.
 */
final class OnDemandTraffic implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int KEPT = 10;
  private static final long PAUSE_MILLIS = 20;

  private final CapturingSidecar sidecar;
  private final int services;
  private final int usedUpAfter;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  /**
   * Begins.
   *
   * @param usedUpAfter so many requests, when all Services have been in use
   */
  OnDemandTraffic(CapturingSidecar sidecar, int services, int usedUpAfter) {
    this.sidecar = sidecar;
    this.services = services;
    this.usedUpAfter = usedUpAfter;
    for (int worker = 0; worker < WORKERS; worker++) {
      Random random = new Random(worker);
      threads.execute(() -> run(random));
    }
  }

  private void run(Random random) {
    while (!over.get()) {
      int number = sent.getAndIncrement();
      int inUse = Math.clamp((long) services * number / usedUpAfter, 1, services);
      once(random.nextInt(3), random.nextInt(inUse));
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void once(int way, int service) {
    String what =
        switch (way) {
          case 0 -> ManyServices.host(service);
          case 1 -> ManyServices.address(service) + ":" + ManyServices.HTTP;
          default -> ManyServices.address(service) + ":" + ManyServices.TCP;
        };
    try {
      String answer =
          switch (way) {
            case 0 -> sidecar.get(what);
            case 1 ->
                sidecar.captured().get(ManyServices.address(service), ManyServices.HTTP, "any");
            default ->
                sidecar.captured().get(ManyServices.address(service), ManyServices.TCP, "any");
          };
      if (!answer.startsWith("HTTP/1.1 200")) {
        fail(what + ": " + answer);
      }
    } catch (IOException e) {
      fail(what + ": " + e);
    }
  }

  private void fail(String what) {
    if (failed.getAndIncrement() < KEPT) {
      failures.add("request " + sent.get() + ", " + what);
    }
  }

  int sent() {
    return sent.get();
  }

  int failed() {
    return failed.get();
  }

  /** Returns the first of them. */
  Queue<String> failures() {
    return failures;
  }

  /** Sends no more, and waits for the answers that are on their way. */
  void stop() {
    over.set(true);
    threads.close();
  }

  @Override
  public void close() {
    stop();
  }
}
