package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import java.util.List;
import java.util.SortedSet;

/**
 * What a batch means for the translation.
 *
 * @param services that must be translated again, or are gone
 * @param nodes whether any Node changed, so that clients may have moved
 * @param findings about slices that belong to no Service, and about ServiceCIDRs; they replace the
 *     former
 */
public record StateUpdate(SortedSet<ObjectName> services, boolean nodes, List<Finding> findings) {}
