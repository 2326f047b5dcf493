package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;

/**
 * What the rules are asked about: the endpoints of a service port, what applies to its Service, and
 * from where the client looks.
 */
record RoutingCase(
    PortEndpoints endpoints, ServiceRoutingPolicy policy, Reach reach, ClientView view) {}
