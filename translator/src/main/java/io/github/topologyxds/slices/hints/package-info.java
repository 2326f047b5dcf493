/** Hints for zones, shared out by the CPU of the Nodes as Kubernetes' own controller does. */
@NullMarked
package io.github.topologyxds.slices.hints;

import org.jspecify.annotations.NullMarked;
