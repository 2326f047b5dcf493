package io.github.topologyxds.model;

import java.util.List;

/**
 * One EndpointSlice.
 *
 * @param service the Service that the label {@code kubernetes.io/service-name} names, in the
 *     slice's own namespace; its name is "" when there is no such label
 * @param headlessLabel whether the label {@code service.kubernetes.io/headless} exists (any value):
 *     kube-proxy does not watch such a slice
 */
public record SliceModel(
    ObjectName name,
    ObjectName service,
    AddressType addressType,
    boolean headlessLabel,
    List<SlicePort> ports,
    List<EndpointModel> endpoints) {
  public SliceModel {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }
}
