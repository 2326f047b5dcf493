package io.github.topologyxds.benchmarks.load.measured;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The changes that were made, and when each client heard of each. A change gives an endpoint an
 * address that no other has, 10.250.HIGH.LOW, which a client finds in the encoded response.
 */
public final class Marks {
  private static final byte[] PREFIX = {'1', '0', '.', '2', '5', '0', '.'};
  private static final int BASE = 250;

  /** Longer responses are not looked through: they are a client's first. */
  private static final int MAX_LENGTH = 64 << 10;

  private final AtomicLongArray begun;
  private final int[] micros;
  private final AtomicInteger heard = new AtomicInteger();

  /**
   * Marks of a run.
   *
   * @param changes how many there will be
   * @param clients who hear of each
   */
  public Marks(int changes, int clients) {
    begun = new AtomicLongArray(changes);
    // A client may hear of a change twice.
    micros = new int[changes * clients + clients];
  }

  /** Returns the address that one change brings, which no other endpoint has. */
  public static String address(int change) {
    return "10.250." + change / BASE + "." + (change % BASE + 1);
  }

  /** The change is about to be made. */
  public void begin(int change) {
    begun.set(change, System.nanoTime());
  }

  /** How often any client has heard of any change. */
  public int heard() {
    return heard.get();
  }

  /** A client got this. Any thread. */
  public void look(byte[] message) {
    if (message.length > MAX_LENGTH) {
      return;
    }
    long now = System.nanoTime();
    for (int at = indexOf(message, 0); at >= 0; at = indexOf(message, at)) {
      at += PREFIX.length;
      int high = number(message, at);
      int low = number(message, at + digits(message, at) + 1);
      int change = high * BASE + low - 1;
      if (change < begun.length() && begun.get(change) != 0) {
        int index = heard.getAndIncrement();
        if (index < micros.length) {
          micros[index] = (int) ((now - begun.get(change)) / 1000);
        }
      }
    }
  }

  private static int indexOf(byte[] message, int from) {
    for (int at = from; at <= message.length - PREFIX.length; at++) {
      if (message[at] == PREFIX[0]
          && Arrays.equals(message, at, at + PREFIX.length, PREFIX, 0, PREFIX.length)) {
        return at;
      }
    }
    return -1;
  }

  private static int digits(byte[] message, int at) {
    int length = 0;
    while (at + length < message.length
        && message[at + length] >= '0'
        && message[at + length] <= '9') {
      length++;
    }
    return length;
  }

  private static int number(byte[] message, int at) {
    int value = 0;
    for (int i = 0; i < digits(message, at); i++) {
      value = value * 10 + message[at + i] - '0';
    }
    return value;
  }

  /** Returns how long the clients waited for changes, in microseconds. */
  public Spread spread() {
    return Spread.of(Arrays.copyOf(micros, Math.min(heard.get(), micros.length)));
  }
}
