package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Why a Service's slices have nothing for a port in one family. The slices are looked through once,
 * whatever the number of ports that are asked for. Immutable.
 */
final class SliceAbsence {
  private final Absence ofAll = new Absence();
  private final Set<String> names = new HashSet<>();
  private final Set<SlicePorts.PortKey> keys = new HashSet<>();

  /**
   * Looks through the slices.
   *
   * @param type of the family that is asked for
   */
  SliceAbsence(ServiceModel service, Collection<SliceModel> slices, AddressType type) {
    boolean onlyNames = slices.stream().allMatch(slice -> slice.addressType() == AddressType.FQDN);
    for (SliceModel slice : slices) {
      if (slice.headlessLabel() && service.type() != ServiceType.HEADLESS) {
        // kube-proxy does not watch it.
        ofAll.lost(DecisionReason.ONLY_HEADLESS_SLICES);
      } else if (slice.addressType() == AddressType.FQDN && !onlyNames) {
        ofAll.lost(DecisionReason.ONLY_FQDN_SLICES);
      } else if (slice.addressType() != AddressType.FQDN && slice.addressType() != type) {
        ofAll.lost(DecisionReason.NO_SLICE_OF_FAMILY);
      } else if (slice.endpoints().isEmpty()) {
        ofAll.lost(DecisionReason.SLICES_EMPTY);
      } else if (slice.ports().isEmpty()) {
        ofAll.lost(DecisionReason.SLICES_WITHOUT_PORTS);
      } else {
        ofAll.lost(DecisionReason.PORT_NAME_NOT_IN_SLICES);
        for (SlicePort port : slice.ports()) {
          names.add(port.name());
          keys.add(SlicePorts.PortKey.of(port));
        }
      }
    }
  }

  /** Returns the reason that came nearest to an endpoint, but for those of endpoints. */
  DecisionReason of(ServicePort port) {
    if (keys.contains(SlicePorts.PortKey.of(port))) {
      return DecisionReason.PORTS_INVALID;
    }
    return names.contains(port.name()) ? DecisionReason.PROTOCOL_NOT_IN_SLICES : ofAll.reason();
  }
}
