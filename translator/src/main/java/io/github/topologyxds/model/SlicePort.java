package io.github.topologyxds.model;

/**
 * One port of an EndpointSlice.
 *
 * @param name matches {@link ServicePort#name()}; "" for an unnamed port
 * @param number the target port; 0 when the API object has none (kube-proxy ignores both). The API
 *     server does not validate it: 70000 gets through.
 */
public record SlicePort(String name, int number, Protocol protocol) {}
