package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.names.PortNumber;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.OmissionReason;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which slices have endpoints for which service port: looked up, so that a Service of many ports
 * costs the ports that its slices have, once. Immutable.
 */
public final class SlicePorts {

  private final Map<PortKey, List<PortSlices.Target>> byPort = new HashMap<>();
  private final Map<Family, SliceAbsence> absences = new EnumMap<>(Family.class);

  /** By what the ports of slices and Services are matched. */
  public record PortKey(String name, Protocol protocol) {
    /** Returns the key of a Service's port. */
    public static PortKey of(ServicePort port) {
      return new PortKey(port.name(), port.protocol());
    }

    /** Returns the key of a slice's port. */
    public static PortKey of(SlicePort port) {
      return new PortKey(port.name(), port.protocol());
    }
  }

  /**
   * Looks through the slices.
   *
   * @param slices of the Service, sorted by name
   * @param ports of the Service, which are looked for
   */
  public SlicePorts(
      ServiceModel service, Collection<SliceModel> slices, Collection<ServicePort> ports) {
    ports.forEach(port -> byPort.put(PortKey.of(port), new ArrayList<>()));
    for (Family family : Family.values()) {
      absences.put(family, new SliceAbsence(service, slices, typeOf(family)));
    }
    for (SliceModel slice : slices) {
      if (counts(slice, service) && !slice.endpoints().isEmpty()) {
        for (SlicePort port : slice.ports()) {
          List<PortSlices.Target> targets = byPort.get(PortKey.of(port));
          if (targets != null && isValid(port.number())) {
            targets.add(new PortSlices.Target(slice, port.number()));
          }
        }
      }
    }
  }

  /** A headless slice of a Service that is not headless is not watched by kube-proxy. */
  static boolean counts(SliceModel slice, ServiceModel service) {
    return !slice.headlessLabel() || service.type() == ServiceType.HEADLESS;
  }

  /** The API server lets 70000 through. */
  public static boolean isValid(int number) {
    return PortNumber.isValid(number);
  }

  /**
   * Returns whether a port's endpoints are names. Names beside literal IPs do not count: Envoy's
   * clusters take one or the other, and kube-proxy takes IPs alone.
   */
  public boolean areNames(ServicePort port) {
    return port.protocol() == Protocol.TCP && hasOnlyNames(port);
  }

  private boolean hasOnlyNames(ServicePort port) {
    List<PortSlices.Target> targets = targets(port);
    return !targets.isEmpty()
        && targets.stream().allMatch(target -> target.slice().addressType() == AddressType.FQDN);
  }

  /** Names have no family: there are the same in both. */
  public PortSlices of(ServicePort port, Family family) {
    AddressType type = areNames(port) ? AddressType.FQDN : typeOf(family);
    return PortSlices.of(
        targets(port).stream().filter(target -> target.slice().addressType() == type).toList(),
        absence(port, family));
  }

  private DecisionReason absence(ServicePort port, Family family) {
    if (hasOnlyNames(port)) {
      return DecisionReason.ONLY_FQDN_SLICES;
    }
    SliceAbsence absence = absences.get(family);
    return absence == null ? DecisionReason.NO_SLICE : absence.of(port);
  }

  private List<PortSlices.Target> targets(ServicePort port) {
    return byPort.getOrDefault(PortKey.of(port), List.of());
  }

  /**
   * Returns the slices with endpoints of which none counts for a port in a family, as {@link #of}
   * leaves them out.
   */
  public static List<Omission> omissions(ServiceState state, ServicePort port, Family family) {
    List<Omission> omissions = new ArrayList<>();
    boolean names = new SlicePorts(state.service(), state.slices(), List.of(port)).areNames(port);
    Wanted wanted = new Wanted(port, names ? AddressType.FQDN : typeOf(family));
    for (SliceModel slice : state.slices()) {
      if (!slice.endpoints().isEmpty()) {
        omission(slice, state.service(), wanted)
            .ifPresent(reason ->
                omissions.add(
                    new Omission(
                        slice.name(),
                        "",
                        "",
                        new UsableEndpoint.Location("", "", ""),
                        slice.endpoints().size(),
                        reason)));
      }
    }
    return omissions;
  }

  private record Wanted(ServicePort port, AddressType type) {}

  private static Optional<OmissionReason> omission(
      SliceModel slice, ServiceModel service, Wanted wanted) {
    if (slice.addressType() == AddressType.FQDN && wanted.type() != AddressType.FQDN) {
      return Optional.of(OmissionReason.SLICE_FQDN);
    }
    if (!counts(slice, service)) {
      return Optional.of(OmissionReason.SLICE_HEADLESS_LABEL);
    }
    if (slice.addressType() != wanted.type()) {
      return Optional.of(OmissionReason.SLICE_OF_OTHER_FAMILY);
    }
    if (slice.ports().isEmpty()) {
      return Optional.of(OmissionReason.SLICE_WITHOUT_PORTS);
    }
    PortKey key = PortKey.of(wanted.port());
    List<SlicePort> same =
        slice.ports().stream().filter(port -> PortKey.of(port).equals(key)).toList();
    if (same.stream().anyMatch(port -> isValid(port.number()))) {
      return Optional.empty();
    }
    if (!same.isEmpty()) {
      return Optional.of(OmissionReason.PORT_INVALID);
    }
    boolean named = slice.ports().stream().anyMatch(port -> port.name().equals(key.name()));
    return Optional.of(
        named ? OmissionReason.PROTOCOL_NOT_IN_SLICE : OmissionReason.PORT_NAME_NOT_IN_SLICE);
  }

  private static AddressType typeOf(Family family) {
    return switch (family) {
      case IPV4 -> AddressType.IPV4;
      case IPV6 -> AddressType.IPV6;
    };
  }
}
