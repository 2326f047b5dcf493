package io.github.topologyxds.model;

/**
 * {@code EndpointSlice.addressType}. The names of FQDN slices are resolved by the Envoys themselves:
 * EDS takes literal IPs alone.
 */
public enum AddressType {
  IPV4,
  IPV6,
  FQDN
}
