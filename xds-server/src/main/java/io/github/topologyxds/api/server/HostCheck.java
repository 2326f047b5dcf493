package io.github.topologyxds.api.server;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.github.topologyxds.model.finding.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which Hosts the API answers to. A page of a foreign site can make a browser ask a name of its own
 * that leads to 127.0.0.1 (DNS rebinding), and would then read the answer: a browser names that
 * Host. A literal IP cannot be such a name, and localhost is nobody's.
 */
final class HostCheck {
  private final Set<String> allowed;

  /**
   * Allows loopback and literal IPs.
   *
   * @param more further names
   */
  HostCheck(List<String> more) {
    this.allowed = more.stream().map(HostCheck::plain).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns why a request is refused; empty: it is not.
   *
   * @param hosts the values of its Host fields
   */
  Optional<String> refusal(List<String> hosts) {
    if (hosts.size() != 1) {
      return Optional.of("a request must have one Host");
    }
    String host;
    try {
      host = plain(HostAndPort.fromString(hosts.getFirst()).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.of("'" + Finding.quote(hosts.getFirst()) + "' is no HOST or HOST:PORT");
    }
    boolean answered =
        host.equals("localhost") || InetAddresses.isInetAddress(host) || allowed.contains(host);
    return answered
        ? Optional.empty()
        : Optional.of(
            "the Host '"
                + Finding.quote(host)
                + "' is not answered, only localhost and literal IPs; serve --api-host allows more");
  }

  /** Names are equal whatever their case, and with the root's dot. */
  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
