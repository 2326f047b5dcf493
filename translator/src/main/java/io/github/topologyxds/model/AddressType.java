package io.github.topologyxds.model;

/**
 * {@code EndpointSlice.addressType}. The names of FQDN slices are resolved by the Envoys
 * themselves: EDS takes literal IPs alone.
 */
public enum AddressType {
  IPV4,
  IPV6,
  FQDN;

  /** Returns the type of the slices that hold addresses of a family. */
  public static AddressType of(Family family) {
    return switch (family) {
      case IPV4 -> IPV4;
      case IPV6 -> IPV6;
    };
  }
}
