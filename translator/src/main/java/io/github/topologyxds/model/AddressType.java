package io.github.topologyxds.model;

/** {@code EndpointSlice.addressType}. FQDN slices are never served (EDS needs literal IPs). */
public enum AddressType {
  IPV4,
  IPV6,
  FQDN
}
