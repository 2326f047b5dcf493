package io.github.topologyxds.demo.backend;

/**
 * One backend, as a Pod would be one.
 *
 * @param name of the Pod; what answers carry in the header x-backend
 * @param address a literal IP of this machine; the whole of 127.0.0.0/8 is on Linux
 */
public record BackendSpec(String name, String zone, String node, String address, int port) {}
