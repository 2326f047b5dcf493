package io.github.topologyxds.bootstrap;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/**
 * Where the control plane listens.
 *
 * @param host a literal IP (IPv6 without brackets) or a DNS name
 */
public record XdsAddress(String host, int port) {
  public static final XdsAddress DEFAULT = new XdsAddress("127.0.0.1", 18000);

  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");
  private static final String EXPECTED =
      "expected HOST:PORT (name:18000, 10.0.0.1:18000 or [fd00::1]:18000)";

  public XdsAddress {
    ProxyPorts.requirePort(port);
    if (!isLiteralIp(host) && !DNS_NAME.matcher(host).matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  /**
   * Reads {@code HOST:PORT}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException with a message that says what is allowed
   */
  public static XdsAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return new XdsAddress(hostIn(text.substring(0, colon)), portIn(text.substring(colon + 1)));
  }

  /** Returns the address as a gRPC target: an IPv6 address in brackets. */
  String hostAndPort() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Whether Envoy needs no DNS to reach it. */
  boolean literalIp() {
    return isLiteralIp(host);
  }

  private static boolean isLiteralIp(String host) {
    return NetUtil.isValidIpV4Address(host)
        || (NetUtil.isValidIpV6Address(host) && host.indexOf('%') < 0 && host.indexOf('[') < 0);
  }

  private static String hostIn(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String host = bracketed ? text.substring(1, text.length() - 1) : text;
    if (bracketed != host.contains(":")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return host;
  }

  private static int portIn(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return Integer.parseInt(text);
  }
}
