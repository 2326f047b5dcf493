package io.github.topologyxds.topology;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import java.util.List;

/**
 * What one slice has for one service port and family.
 *
 * @param ports the numbers of its ports of that name and protocol, as written; empty when it has
 *     nothing for the port
 * @param absence why it has nothing; of a slice that has ports, the least that can be said
 */
record SliceSupply(List<Integer> ports, DecisionReason absence) {

  static SliceSupply of(SliceModel slice, ServiceModel service, ServicePort port, Family family) {
    if (slice.headlessLabel() && service.type() != ServiceType.HEADLESS) {
      // kube-proxy does not watch it.
      return nothing(DecisionReason.ONLY_HEADLESS_SLICES);
    }
    if (slice.addressType() == AddressType.FQDN) {
      return nothing(DecisionReason.ONLY_FQDN_SLICES);
    }
    if (!isOf(family, slice.addressType())) {
      return nothing(DecisionReason.NO_SLICE_OF_FAMILY);
    }
    if (slice.endpoints().isEmpty()) {
      return nothing(DecisionReason.SLICES_EMPTY);
    }
    if (slice.ports().isEmpty()) {
      return nothing(DecisionReason.SLICES_WITHOUT_PORTS);
    }
    List<SlicePort> named =
        slice.ports().stream().filter(p -> p.name().equals(port.name())).toList();
    if (named.isEmpty()) {
      return nothing(DecisionReason.PORT_NAME_NOT_IN_SLICES);
    }
    return new SliceSupply(
        named.stream().filter(p -> p.protocol() == port.protocol()).map(SlicePort::number).toList(),
        DecisionReason.PROTOCOL_NOT_IN_SLICES);
  }

  private static boolean isOf(Family family, AddressType type) {
    return switch (type) {
      case IPV4 -> family == Family.IPV4;
      case IPV6 -> family == Family.IPV6;
      case FQDN -> false;
    };
  }

  private static SliceSupply nothing(DecisionReason why) {
    return new SliceSupply(List.of(), why);
  }
}
