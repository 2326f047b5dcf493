package io.github.topologyxds.delivery.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that own the streams; each stream belongs to one for its whole life. */
final class DeliveryThreads implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  DeliveryThreads(int count) {
    for (int i = 0; i < count; i++) {
      String name = "delivery-" + i;
      threads.add(
          Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
          }));
    }
  }

  ExecutorService next() {
    return threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
  }
}
