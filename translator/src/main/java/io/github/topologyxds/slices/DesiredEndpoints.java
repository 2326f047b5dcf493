package io.github.topologyxds.slices;

import io.github.topologyxds.model.DuplicateRank;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PortSet;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import io.github.topologyxds.topology.address.IpLiteral;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that ought to be published for a Service, each ip:port once, without hints. What
 * another manager publishes already is left out: for kube-proxy two equal ones are undefined
 * behaviour. All offers are taken in first, as the best of equal ones may come last. Lives on one
 * thread's stack.
 */
final class DesiredEndpoints {
  private final DesiredService service;
  private final OthersSlices others;
  private final List<Finding> findings;
  private final Map<Family, SortedMap<PortSet, SortedMap<String, PublishedEndpoint>>> byFamily =
      new EnumMap<>(Family.class);
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<Claim, ObjectReference> claims = new HashMap<>();

  /** An offer that may be published, under the canonical form of its address. */
  private record Candidate(Offer offer, String ip, Family family, DuplicateRank rank) {
    static Candidate of(Offer offer, String ip, Family family) {
      return new Candidate(
          offer,
          ip,
          family,
          new DuplicateRank(
              offer.conditions().forConsumer(), Hints.NONE, offer.object().toString()));
    }
  }

  /** What kube-proxy takes once: an ip:port of a Service's port, or an address without ports. */
  private record Claim(String ip, String portName, int port, @Nullable Protocol protocol) {
    static Claim of(String ip) {
      return new Claim(ip, "", 0, null);
    }

    static Claim of(String ip, PublishedPort port) {
      return new Claim(ip, port.name(), port.number(), port.protocol());
    }
  }

  /**
   * An endpoint on its way in.
   *
   * @param object who brings it
   */
  record Offer(
      ObjectReference object,
      String address,
      Conditions conditions,
      PublishedEndpoint.Place place,
      TargetRef target,
      List<PublishedPort> ports) {}

  DesiredEndpoints(DesiredService service, OthersSlices others, List<Finding> findings) {
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
    Family family = Family.of(offer.address());
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
    if (byFamily.containsKey(family)) {
      candidates.add(Candidate.of(offer, ip, family));
    }
  }

  /** Lets the best of equal offers in, and says so of the others. */
  DesiredEndpoints settle() {
    // Stable: of two in one object the first one is used.
    candidates.sort(Comparator.comparing(Candidate::rank));
    candidates.forEach(this::settle);
    candidates.clear();
    return this;
  }

  private void settle(Candidate candidate) {
    Offer offer = candidate.offer();
    String ip = candidate.ip();
    List<PublishedPort> ports = offer.ports().stream().filter(p -> free(offer, ip, p)).toList();
    boolean free = service.ports().isEmpty() ? claims(offer, ip, Claim.of(ip)) : !ports.isEmpty();
    if (free) {
      PublishedEndpoint endpoint =
          new PublishedEndpoint(
              List.of(ip), offer.conditions(), offer.place(), offer.target(), Hints.NONE);
      byFamily
          .computeIfAbsent(candidate.family(), family -> new TreeMap<>())
          .computeIfAbsent(new PortSet(ports), set -> new TreeMap<>())
          .put(ip, endpoint);
    }
  }

  private boolean free(Offer offer, String ip, PublishedPort port) {
    String separator =
        switch (Family.of(ip)) {
          case IPV4 -> ":";
          case IPV6 -> " ";
        };
    String ipPort = ip + separator + port.number();
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
    return claims(offer, ipPort, Claim.of(ip, port));
  }

  private boolean claims(Offer offer, String what, Claim claim) {
    ObjectReference owner = claims.putIfAbsent(claim, offer.object());
    if (owner != null) {
      String where = owner.equals(offer.object()) ? "elsewhere in it" : "in " + owner;
      findings.add(
          Finding.ofEndpoint(
              Reason.ENDPOINT_DUPLICATE,
              offer.object(),
              claim.ip(),
              what + " also stands " + where + ", which is used"));
    }
    return owner == null;
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
      ObjectReference object, List<PublishedPort> ports, List<Finding> findings) {
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
