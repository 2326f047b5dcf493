package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.topology.IpLiteral;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The endpoints that ought to be published for a Service, each ip:port once, without hints. What
 * another manager publishes already is left out: for kube-proxy two equal ones are undefined
 * behaviour. Lives on one thread's stack.
 */
final class DesiredEndpoints {
  private final PlannedService service;
  private final OthersSlices others;
  private final List<Finding> findings;
  private final Map<Family, SortedMap<PortSet, SortedMap<String, PublishedEndpoint>>> byFamily =
      new EnumMap<>(Family.class);
  private final Map<String, String> claims = new HashMap<>();

  /**
   * An endpoint on its way in.
   *
   * @param object who brings it, as findings name it
   */
  record Offer(
      String object,
      String address,
      Conditions conditions,
      PublishedEndpoint.Place place,
      TargetRef target,
      List<PublishedPort> ports) {}

  DesiredEndpoints(PlannedService service, OthersSlices others, List<Finding> findings) {
    this.service = service;
    this.others = others;
    this.findings = findings;
    service.families().forEach(family -> byFamily.put(family, new TreeMap<>()));
  }

  /** Returns the endpoints of a family by port set and address. */
  SortedMap<PortSet, SortedMap<String, PublishedEndpoint>> of(Family family) {
    return byFamily.getOrDefault(family, new TreeMap<>());
  }

  /** Takes an endpoint in, or says why not; a family that the Service does not have is no fault. */
  void add(Offer offer, AllowedAddresses allowed) {
    Family family = offer.address().indexOf(':') < 0 ? Family.IPV4 : Family.IPV6;
    Optional<String> literal = IpLiteral.canonical(offer.address(), family);
    if (literal.isEmpty()) {
      refuse(offer, Reason.ADDRESS_INVALID, "is no literal unicast IP");
      return;
    }
    String ip = literal.get();
    if (!allowed.allows(ip, family)) {
      refuse(offer, Reason.ADDRESS_NOT_ALLOWED, "is not in --external-workload-cidrs");
      return;
    }
    SortedMap<PortSet, SortedMap<String, PublishedEndpoint>> sets = byFamily.get(family);
    if (sets == null) {
      return;
    }
    List<PublishedPort> ports = offer.ports().stream().filter(p -> free(offer, ip, p)).toList();
    if (ports.isEmpty() && !service.ports().isEmpty()) {
      return;
    }
    PublishedEndpoint endpoint =
        new PublishedEndpoint(
            List.of(ip), offer.conditions(), offer.place(), offer.target(), Hints.NONE);
    sets.computeIfAbsent(new PortSet(ports), set -> new TreeMap<>()).putIfAbsent(ip, endpoint);
  }

  private boolean free(Offer offer, String ip, PublishedPort port) {
    String ipPort = ip.indexOf(':') < 0 ? ip + ":" + port.number() : ip + " " + port.number();
    Optional<ObservedSlice> publisher = others.publisher(ip, port);
    if (publisher.isPresent()) {
      String manager = publisher.get().managedBy();
      findings.add(
          Finding.ofEndpoint(
              Reason.ADDRESS_OF_ANOTHER_MANAGER,
              offer.object(),
              ip,
              ipPort
                  + " stands in EndpointSlice "
                  + publisher.get().name()
                  + (manager.isEmpty() ? "" : " of " + Finding.quote(manager))
                  + " for "
                  + service.object()
                  + " already; it is not published twice"));
      return false;
    }
    String owner = claims.putIfAbsent(ipPort + " " + port.protocol(), offer.object());
    if (owner != null && !owner.equals(offer.object())) {
      findings.add(
          Finding.ofEndpoint(
              Reason.ENDPOINT_DUPLICATE,
              offer.object(),
              ip,
              ipPort + " also stands in " + owner + ", which is used"));
      return false;
    }
    return true;
  }

  private void refuse(Offer offer, Reason reason, String why) {
    findings.add(
        Finding.ofEndpoint(
            reason,
            offer.object(),
            offer.address(),
            "address \"" + Finding.quote(offer.address()) + "\" " + why + "; it is left out"));
  }

  /** Returns the ports of all offers that can be published at all. */
  static List<PublishedPort> valid(
      String object, List<PublishedPort> ports, List<Finding> findings) {
    List<PublishedPort> valid = new ArrayList<>();
    for (PublishedPort port : ports) {
      if (port.number() >= 1 && port.number() <= 65_535) {
        valid.add(port);
      } else {
        String what = "port " + port.number() + " (allowed: 1..65535); it is left out";
        findings.add(Finding.of(Reason.PORT_INVALID, object, what));
      }
    }
    return valid;
  }
}
