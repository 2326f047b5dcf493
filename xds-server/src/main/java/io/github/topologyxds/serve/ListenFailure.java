package io.github.topologyxds.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Why an address cannot be listened on, in words; Netty's epoll tells a number of Linux (errno).
 */
final class ListenFailure {
  private static final Map<String, String> WORDS =
      Map.of(
          "error(-98)", "another process listens there",
          "already in use", "another process listens there",
          "error(-99)", "this machine has no such address",
          "Cannot assign requested address", "this machine has no such address",
          "error(-13)", "ports below 1024 need a right that this process does not have",
          "Permission denied", "ports below 1024 need a right that this process does not have",
          "error(-97)", "this machine has no addresses of this family");

  private ListenFailure() {}

  /** What is to listen. */
  @FunctionalInterface
  interface Starting<S, T> {
    T on(S settings) throws IOException;
  }

  /**
   * Starts what is to listen on an address.
   *
   * @param what the name of the port
   * @throws IOException one line for people, when it cannot
   */
  static <T> T inWords(
      String what, InetSocketAddress address, Starting<InetSocketAddress, T> starter)
      throws IOException {
    try {
      return starter.on(address);
    } catch (IOException e) {
      throw of(what, address, e);
    }
  }

  /**
   * Returns one line for people.
   *
   * @param what the name of the port
   */
  private static IOException of(String what, InetSocketAddress address, IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String host = address.getAddress().getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return new IOException(
        "cannot listen on "
            + shown
            + ":"
            + address.getPort()
            + " ("
            + what
            + "): "
            + words(String.valueOf(cause.getMessage())),
        failure);
  }

  private static String words(String message) {
    return WORDS.entrySet().stream()
        .filter(known -> message.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(message);
  }
}
