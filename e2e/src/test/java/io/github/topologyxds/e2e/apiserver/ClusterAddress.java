package io.github.topologyxds.e2e.apiserver;

import java.util.concurrent.atomic.AtomicInteger;

/** The cluster IPs that Services are given, one after the other. */
final class ClusterAddress {
  private static final AtomicInteger LAST = new AtomicInteger();

  private ClusterAddress() {}

  static String next(String family) {
    int number = LAST.incrementAndGet();
    return family.equals("IPv6")
        ? "fd00:10:96::%x:%x".formatted(number >> 16, number & 0xffff)
        : "10.%d.%d.%d".formatted(96 + (number >> 16), number >> 8 & 0xff, number & 0xff);
  }
}
