package io.github.topologyxds.source.mapping;

import static io.github.topologyxds.source.mapping.KubernetesMapper.orEmpty;

import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRSpec;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.topology.address.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * ServiceCIDRs. Each range counts for itself; one that is none costs no other.
 *
 * <p>Whether one is Ready, or is being deleted, does not matter: {@code Ready} says whether
 * clusterIPs may be given out of it (networking.k8s.io/v1, ServiceCIDRConditionReady). Those that
 * were given out stay, and a finalizer keeps the object until no Service has one of them, or
 * another range holds them too. So Services are in it until it is gone, and none is in it before it
 * is Ready: then it only comes early.
 */
final class ServiceCidrMapper {
  /** Ranges that are of one host or link, or of no unicast address: no clusterIP is in there. */
  private static final List<Cidr> OTHERS =
      List.of(
          Cidr.around("0.0.0.0", Family.IPV4, 24),
          Cidr.around("127.0.0.0", Family.IPV4, 24),
          Cidr.around("169.254.0.0", Family.IPV4, 16),
          Cidr.around("224.0.0.0", Family.IPV4, 29),
          Cidr.around("::1", Family.IPV6, 0),
          Cidr.around("fe80::", Family.IPV6, 118),
          Cidr.around("ff00::", Family.IPV6, 120));

  private ServiceCidrMapper() {}

  static MappedObject map(ObjectName name, ServiceCIDR cidr, Remarks remarks) {
    ServiceCIDRSpec spec = cidr.getSpec();
    List<String> written =
        spec == null ? List.of() : Objects.requireNonNullElse(spec.getCidrs(), List.of());
    if (written.isEmpty()) {
      remarks.add(
          Reason.SERVICE_CIDR_INVALID, "spec.cidrs is empty: it has no range", "spec", "cidrs");
    }
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String text = orEmpty(written.get(i));
      Optional<Cidr> range = Cidr.parse(text).filter(ServiceCidrMapper::mayHoldServices);
      if (range.isPresent()) {
        ranges.add(range.get().toString());
      } else {
        String[] path = {"spec", "cidrs", Integer.toString(i)};
        remarks.add(
            Reason.SERVICE_CIDR_INVALID,
            Remarks.field(path)
                + " is \""
                + Finding.quote(text)
                + "\" (allowed: a range of unicast addresses, not of the loopback or a link, like"
                + " 10.96.0.0/12); it counts as not written",
            path);
      }
    }
    return new MappedObject.Accepted(
        new ModelObject.OfServiceCidr(new ServiceCidrModel(name.name(), ranges)),
        remarks.findings());
  }

  private static boolean mayHoldServices(Cidr range) {
    return OTHERS.stream().noneMatch(other -> range.covers(other) || other.covers(range));
  }
}
