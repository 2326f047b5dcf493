/**
 * What was decided for a client, and by which rule: the scope, whose shares it has, and the reason.
 */
@NullMarked
package io.github.topologyxds.topology.decision;

import org.jspecify.annotations.NullMarked;
