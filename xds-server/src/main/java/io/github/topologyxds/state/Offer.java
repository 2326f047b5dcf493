package io.github.topologyxds.state;

import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something of a Service that gives clients a cluster or a domain: a port, at one of its addresses.
 *
 * @param address one of the clusterIPs; "" for the Service's name
 * @param withoutPort whether the domains without a port are this port's (docs/routing.md)
 */
record Offer(
    ServiceType type,
    String name,
    int number,
    Protocol protocol,
    String address,
    boolean withoutPort) {
  private static final int HTTP_PORT = 80;

  /** Returns whether the Service offers something that it did not offer before. */
  static boolean adds(@Nullable ServiceModel before, ServiceModel now) {
    if (before == null) {
      return true;
    }
    boolean same =
        before.ports().equals(now.ports())
            && before.clusterIps().equals(now.clusterIps())
            && before.type() == now.type();
    return !same && !of(before).containsAll(of(now));
  }

  private static Set<Offer> of(ServiceModel service) {
    boolean hasHttpPort =
        service.ports().stream()
            .anyMatch(port -> port.protocol() == Protocol.TCP && port.number() == HTTP_PORT);
    Set<Offer> offers = new HashSet<>();
    for (ServicePort port : service.ports()) {
      boolean withoutPort = hasHttpPort ? port.number() == HTTP_PORT : service.ports().size() == 1;
      Offer byName =
          new Offer(service.type(), port.name(), port.number(), port.protocol(), "", withoutPort);
      offers.add(byName);
      service.clusterIps().forEach(address -> offers.add(byName.at(address)));
    }
    return offers;
  }

  private Offer at(String clusterIp) {
    return new Offer(type, name, number, protocol, clusterIp, withoutPort);
  }
}
