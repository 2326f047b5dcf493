package io.github.topologyxds.model;

/**
 * One port of a Service.
 *
 * @param name the port's name, "" for the only, unnamed port
 * @param number {@code spec.ports[].port}; validated by {@code ResourceNames} users, not here
 * @param appProtocol {@code spec.ports[].appProtocol}, "" when absent
 */
public record ServicePort(String name, int number, Protocol protocol, String appProtocol) {}
