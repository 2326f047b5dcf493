package io.github.topologyxds.model;

/** An IP address family, as {@code Service.spec.ipFamilies} names it. */
public enum Family {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** Returns the API's spelling: {@code IPv4} or {@code IPv6}. */
  public String label() {
    return label;
  }
}
