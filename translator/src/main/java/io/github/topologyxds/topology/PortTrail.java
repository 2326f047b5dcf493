package io.github.topologyxds.topology;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.ports.EndpointTrail;
import io.github.topologyxds.topology.ports.PortSlices;
import io.github.topologyxds.topology.ports.SlicePorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every endpoint of a service port in one family: which slice those that take part
 * come from, and why the others are left out. Put together by the code that a push runs, for those
 * who ask why.
 */
public final class PortTrail {
  private final Map<UsableEndpoint.Address, ObjectName> slices = new HashMap<>();
  private final List<Omission> omissions = new ArrayList<>();

  private PortTrail() {}

  /**
   * Puts the endpoints of a port together once more, and listens.
   *
   * @param policy of the Service, as {@link PortRouting#policy} has it
   */
  public static PortTrail of(
      ServiceState state, ServicePort port, Family family, ServiceRoutingPolicy policy) {
    PortTrail trail = new PortTrail();
    EndpointTrail listening = trail.new Listening();
    SlicePorts.omissions(state, port, family).forEach(listening::leftOut);
    PortSlices slices =
        new SlicePorts(state.service(), state.slices(), List.of(port)).of(port, family);
    new EndpointCollector(
            state,
            policy.notReady(),
            new FindingSet(ObjectKey.service(state.service().name())),
            listening)
        .collect(slices, family);
    return trail;
  }

  /** Returns the slice that an endpoint of the port comes from. */
  public ObjectName slice(UsableEndpoint endpoint) {
    ObjectName slice = slices.get(endpoint.address());
    if (slice == null) {
      throw new IllegalArgumentException("no endpoint of this port: " + endpoint.address());
    }
    return slice;
  }

  /** Returns what is left out for every client, in the order of the slices. */
  public List<Omission> omissions() {
    return List.copyOf(omissions);
  }

  private final class Listening implements EndpointTrail {
    @Override
    public void used(UsableEndpoint endpoint, ObjectName slice) {
      slices.put(endpoint.address(), slice);
    }

    @Override
    public void leftOut(Omission omission) {
      omissions.add(omission);
    }
  }
}
