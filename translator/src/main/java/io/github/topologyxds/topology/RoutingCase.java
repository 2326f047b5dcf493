package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.endpoint.Reach;

/**
 * What the rules are asked about: the endpoints of a service port, what applies to its Service,
 * from where the client looks, and where all its clients are.
 *
 * @param shifts the zones that its traffic keeps away from; none where it follows no shifts
 */
record RoutingCase(
    PortEndpoints endpoints,
    ServiceRoutingPolicy policy,
    Reach reach,
    Demand demand,
    ShiftedZones shifts,
    ClientView view) {}
