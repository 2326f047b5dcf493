package io.github.topologyxds.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** A Service; its cluster IP, where it has one, is the world's to give. */
public record ServiceSpec(
    String namespace,
    String name,
    Distribution distribution,
    Addressing addressing,
    List<Port> ports) {
  /** Whether it has an address of its own. */
  public enum Addressing {
    CLUSTER_IP,
    /** It has not, and its Pods have names: each its own as hostname. */
    HEADLESS
  }

  /**
   * A port of it.
   *
   * @param target where the Pods listen
   * @param appProtocol "" for none
   */
  public record Port(String name, int number, int target, String appProtocol) {}

  public ServiceSpec {
    ports = List.copyOf(ports);
  }

  /** One without ports, which prefers its clients' zone. */
  public static ServiceSpec of(String namespace, String name) {
    return new ServiceSpec(
        namespace, name, Distribution.SAME_ZONE, Addressing.CLUSTER_IP, List.of());
  }

  public ServiceSpec withPort(String portName, int number, int target) {
    return withPort(new Port(portName, number, target, ""));
  }

  public ServiceSpec withPort(Port port) {
    List<Port> more = new ArrayList<>(ports);
    more.add(port);
    return new ServiceSpec(namespace, name, distribution, addressing, more);
  }

  public ServiceSpec with(Distribution other) {
    return new ServiceSpec(namespace, name, other, addressing, ports);
  }

  public ServiceSpec headless() {
    return new ServiceSpec(namespace, name, distribution, Addressing.HEADLESS, ports);
  }

  /** The name of its first port's cluster. */
  public String cluster() {
    return namespace + "/" + name + ":" + ports.getFirst().name();
  }

  /** Its full name, which belongs to port 80. */
  public String authority() {
    return name + "." + namespace + ".svc.cluster.local";
  }
}
