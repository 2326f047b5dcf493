package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRSpec;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.state.ModelObject;
import java.util.List;
import java.util.Objects;

/**
 * ServiceCIDRs, with what they name as it is written.
 *
 * <p>Whether one is Ready, or is being deleted, does not matter: {@code Ready} says whether
 * clusterIPs may be given out of it (networking.k8s.io/v1, ServiceCIDRConditionReady). Those that
 * were given out stay, and a finalizer keeps the object until no Service has one of them, or
 * another range holds them too. So Services are in it until it is gone, and none is in it before it
 * is Ready: then it only comes early.
 */
final class ServiceCidrMapper {
  private ServiceCidrMapper() {}

  static MappedObject map(ObjectName name, ServiceCIDR cidr, Remarks remarks) {
    ServiceCIDRSpec spec = cidr.getSpec();
    List<String> written =
        spec == null ? List.of() : Objects.requireNonNullElse(spec.getCidrs(), List.of());
    ServiceCidrModel model =
        new ServiceCidrModel(name.name(), written.stream().map(KubernetesMapper::orEmpty).toList());
    return new MappedObject.Accepted(new ModelObject.OfServiceCidr(model), remarks.findings());
  }
}
