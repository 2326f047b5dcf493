package io.github.topologyxds.topology;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.DuplicateRank;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.topology.address.DnsName;
import io.github.topologyxds.topology.address.IpLiteral;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.OmissionReason;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.endpoint.UsableEndpoint.Address;
import io.github.topologyxds.topology.ports.Absence;
import io.github.topologyxds.topology.ports.EndpointTrail;
import io.github.topologyxds.topology.ports.PortSlices;
import io.github.topologyxds.topology.settings.NotReady;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Joins the slices of all managers into the usable endpoints of one service port and family. What
 * cannot be used is left out with a finding and counts nowhere; the others stay.
 */
final class EndpointCollector {
  /** Within a slice the order must not matter, so the rest of the endpoint decides. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::rank).thenComparing(c -> c.endpoint().toString());

  private final ServiceState state;
  private final NotReady notReady;
  private final FindingSet findings;
  private final EndpointTrail trail;

  EndpointCollector(ServiceState state, NotReady notReady, FindingSet findings) {
    this(state, notReady, findings, EndpointTrail.NONE);
  }

  EndpointCollector(
      ServiceState state, NotReady notReady, FindingSet findings, EndpointTrail trail) {
    this.state = state;
    this.notReady = notReady;
    this.findings = findings;
    this.trail = trail;
  }

  PortEndpoints collect(PortSlices port, Family family) {
    Collected first = read(port, family);
    return new PortEndpoints(first.endpoints(), first.absence(), again(port, family));
  }

  /** Keeps neither the findings nor the trail: what is odd about them has been told. */
  private Supplier<List<UsableEndpoint>> again(PortSlices port, Family family) {
    ServiceState from = state;
    NotReady asked = notReady;
    return () ->
        new EndpointCollector(from, asked, new FindingSet(ObjectKey.service(from.service().name())))
            .read(port, family)
            .endpoints();
  }

  /**
   * The endpoints, sorted by address and port.
   *
   * @param absence why none of them takes requests, for where none does
   */
  private record Collected(List<UsableEndpoint> endpoints, DecisionReason absence) {}

  private Collected read(PortSlices port, Family family) {
    Map<Address, Candidate> byAddress = new HashMap<>();
    Absence absence = new Absence();
    absence.lost(port.absence());
    for (PortSlices.Target target : port.targets()) {
      absence.lost(collect(target, port.place(target), family, byAddress));
    }
    List<Candidate> sorted = new ArrayList<>(byAddress.values());
    sorted.sort(
        Comparator.comparing(Candidate::ip)
            .thenComparingInt(candidate -> candidate.address().target()));
    List<UsableEndpoint> usable = new ArrayList<>(sorted.size());
    for (Candidate candidate : sorted) {
      Optional<EndpointCondition> condition = condition(candidate.endpoint());
      if (condition.isPresent()) {
        UsableEndpoint endpoint = usable(candidate, condition.get(), usable.size());
        usable.add(endpoint);
        trail.used(endpoint, candidate.slice().name());
        absence.lost(DecisionReason.NO_ENDPOINT);
      } else {
        LeftOut left = left(candidate.endpoint());
        trail.leftOut(omission(candidate.slice(), candidate.endpoint(), left.omission()));
        absence.lost(left.absence());
      }
    }
    return new Collected(List.copyOf(usable), absence.reason());
  }

  /** Returns how far the best of its endpoints got that can be told before their conditions. */
  private DecisionReason collect(
      PortSlices.Target target, int place, Family family, Map<Address, Candidate> byAddress) {
    SliceModel slice = target.slice();
    ObjectReference object = ObjectKey.slice(slice.name());
    for (EndpointModel endpoint : slice.endpoints()) {
      boolean isName = slice.addressType() == AddressType.FQDN;
      Optional<String> ip =
          isName
              ? DnsName.canonical(endpoint.address())
              : IpLiteral.canonical(endpoint.address(), family);
      if (ip.isEmpty()) {
        findings.add(
            Finding.ofEndpoint(
                Reason.ADDRESS_INVALID,
                object,
                endpoint.address(),
                "address \""
                    + Finding.quote(endpoint.address())
                    + "\" is no "
                    + (isName ? "DNS name" : "literal unicast " + family.label() + " address")
                    + "; the endpoint is left out"));
        trail.leftOut(omission(slice, endpoint, OmissionReason.ADDRESS_INVALID));
        continue;
      }
      Address address = new Address(ip.get(), place);
      byAddress.merge(
          address, new Candidate(address, target.number(), slice, endpoint), this::better);
    }
    return DecisionReason.ADDRESSES_INVALID;
  }

  private Candidate better(Candidate first, Candidate second) {
    boolean firstWins = BEST_FIRST.compare(first, second) <= 0;
    Candidate winner = firstWins ? first : second;
    Candidate loser = firstWins ? second : first;
    findings.add(
        Finding.ofEndpoint(
            Reason.ENDPOINT_DUPLICATE,
            ObjectKey.slice(loser.slice().name()),
            loser.ip(),
            loser.ip()
                + ":"
                + loser.port()
                + " also stands in EndpointSlice "
                + winner.slice().name()
                + ", which is used"));
    trail.leftOut(omission(loser.slice(), loser.endpoint(), OmissionReason.DUPLICATE));
    return winner;
  }

  /** Empty for an endpoint that takes no part: never ready, or gone but for its name. */
  private Optional<EndpointCondition> condition(EndpointModel endpoint) {
    Readiness readiness = endpoint.readiness();
    if (readiness.ready()) {
      return Optional.of(EndpointCondition.READY);
    }
    if (readiness.terminating()) {
      return readiness.serving() ? Optional.of(EndpointCondition.TERMINATING) : Optional.empty();
    }
    boolean lostCapacity =
        notReady == NotReady.AUTO && state.seenReady().contains(endpoint.readinessKey());
    return lostCapacity ? Optional.of(EndpointCondition.UNREADY) : Optional.empty();
  }

  /**
   * Why an endpoint without a condition has none: of the port, where it has no other, and its own.
   */
  private record LeftOut(DecisionReason absence, OmissionReason omission) {}

  private LeftOut left(EndpointModel endpoint) {
    if (endpoint.readiness().terminating()) {
      return new LeftOut(DecisionReason.ALL_TERMINATED, OmissionReason.TERMINATED);
    }
    return switch (notReady) {
      case AUTO -> new LeftOut(DecisionReason.NEVER_READY, OmissionReason.NEVER_READY);
      case OMIT -> new LeftOut(DecisionReason.NOT_READY_OMITTED, OmissionReason.NOT_READY_OMITTED);
    };
  }

  private Omission omission(SliceModel slice, EndpointModel endpoint, OmissionReason reason) {
    String zone =
        endpoint.zone().isEmpty() ? state.topology().zoneOf(endpoint.nodeName()) : endpoint.zone();
    UsableEndpoint.Location place =
        new UsableEndpoint.Location(endpoint.nodeName(), zone, state.topology().regionOf(zone));
    return new Omission(slice.name(), endpoint.address(), endpoint.hostname(), place, 1, reason);
  }

  private UsableEndpoint usable(Candidate candidate, EndpointCondition condition, int position) {
    EndpointModel endpoint = candidate.endpoint();
    String zone = zone(candidate);
    return new UsableEndpoint(
        candidate.address(),
        position,
        new UsableEndpoint.Location(endpoint.nodeName(), zone, state.topology().regionOf(zone)),
        endpoint.hints(),
        condition,
        new UsableEndpoint.Name(endpoint.hostname(), endpoint.targetUid()));
  }

  /** The slice's zone, else the last known one of its Node; an invalid one is not replaced. */
  private String zone(Candidate candidate) {
    String zone = candidate.endpoint().zone();
    if (zone.isEmpty()) {
      return state.topology().zoneOf(candidate.endpoint().nodeName());
    }
    if (LabelValue.isValid(zone)) {
      return zone;
    }
    findings.add(
        Finding.ofEndpoint(
            Reason.ZONE_INVALID,
            ObjectKey.slice(candidate.slice().name()),
            candidate.ip(),
            "zone \""
                + Finding.quote(zone)
                + "\" is no label value (63 characters of letters, digits, - _ .) and counts as"
                + " unknown"));
    return "";
  }

  private record Candidate(Address address, int port, SliceModel slice, EndpointModel endpoint) {
    String ip() {
      return address.ip();
    }

    DuplicateRank rank() {
      return new DuplicateRank(endpoint.readiness(), endpoint.hints(), slice.name().toString());
    }
  }
}
