package io.github.topologyxds.slices;

import io.github.topologyxds.model.Protocol;

/**
 * A Service's port, as planning reads it.
 *
 * @param name "" for the only, unnamed port
 * @param appProtocol "" when absent
 * @param target {@code targetPort}; the port's own number where the Service names none
 */
public record DesiredPort(String name, Protocol protocol, String appProtocol, TargetPort target) {}
