/**
 * Envoys that another control plane, or a person, has configured, and that take only their
 * endpoints from topology-xds; see docs/gateways.md.
 */
@NullMarked
package io.github.topologyxds.e2e.gateways;

import org.jspecify.annotations.NullMarked;
