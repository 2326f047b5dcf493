package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ResourceVersion;

/**
 * Which object, and in which state: two that are equal are the same, as the API server tells it.
 *
 * @param uid "" when the server named none
 */
record ObjectIdentity(ObjectKey key, String uid, ResourceVersion version) {}
