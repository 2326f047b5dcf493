package io.github.topologyxds.model;

/** An IP address family, as {@code Service.spec.ipFamilies} names it. */
public enum Family {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /**
   * Returns the family that an address is written in; whether it is an address at all is not looked
   * at ({@code IpLiteral} does).
   */
  public static Family of(String address) {
    return address.indexOf(':') < 0 ? IPV4 : IPV6;
  }

  /** Returns the API's spelling: {@code IPv4} or {@code IPv6}. */
  public String label() {
    return label;
  }
}
