package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.state.ResourceVersion;

/**
 * One object as the API server told of it; all that is kept.
 *
 * @param uid "" when the server named none
 */
record ObservedObject(ObjectKey key, String uid, ResourceVersion version, MappedObject mapped) {}
