package io.github.topologyxds.demo.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Sends one request many times through one proxy and counts what comes back. */
public final class LoadGenerator {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final InetSocketAddress proxy;
  private final LoadRequest request;
  private final Duration timeout;

  /**
   * Requests that count as unanswered after 10 s.
   *
   * @param proxy must be a loopback address: load is for nobody else's machines
   */
  public LoadGenerator(InetSocketAddress proxy, LoadRequest request) {
    this(proxy, request, TIMEOUT);
  }

  /**
   * Requests with a time limit of their own.
   *
   * @param timeout after which a request counts as unanswered
   */
  public LoadGenerator(InetSocketAddress proxy, LoadRequest request, Duration timeout) {
    this(request, timeout, onLoopback(proxy));
  }

  private LoadGenerator(LoadRequest request, Duration timeout, InetSocketAddress proxy) {
    this.proxy = proxy;
    this.request = request;
    this.timeout = timeout;
  }

  /**
   * Requests to the address of a Service, in a network namespace of one's own: what leaves it
   * arrives nowhere.
   */
  public static LoadGenerator isolated(InetSocketAddress service, LoadRequest request) {
    return new LoadGenerator(request, TIMEOUT, service);
  }

  private static InetSocketAddress onLoopback(InetSocketAddress proxy) {
    if (!proxy.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("load goes to loopback addresses only, not to " + proxy);
    }
    return proxy;
  }

  /** Runs to its bounds. */
  public LoadResult run(LoadBounds bounds) {
    try (RunningLoad load = start(bounds)) {
      return load.await();
    }
  }

  /** Runs until it is stopped, for an hour at the most. */
  public RunningLoad start(int concurrency) {
    return start(new LoadBounds(Long.MAX_VALUE, concurrency, Duration.ofHours(1)));
  }

  /** Runs until its bounds or until it is stopped. */
  public RunningLoad start(LoadBounds bounds) {
    return RunningLoad.start(this, bounds);
  }

  LoadWorker worker() {
    return new LoadWorker(proxy, request.bytes(), timeout);
  }
}
