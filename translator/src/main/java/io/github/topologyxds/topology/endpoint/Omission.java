package io.github.topologyxds.topology.endpoint;

import io.github.topologyxds.model.ObjectName;

/**
 * What takes no part for a client.
 *
 * @param slice that it stands in
 * @param address of the endpoint as written; "" for a whole slice
 * @param hostname of the endpoint; "" when the slice gives none, and for a whole slice
 * @param place its node and zone, as far as they are known
 * @param endpoints how many are left out: 1 for an endpoint
 */
public record Omission(
    ObjectName slice,
    String address,
    String hostname,
    UsableEndpoint.Location place,
    int endpoints,
    OmissionReason reason) {}
