/** The planner held against Kubernetes' vectors, against rules of its own, and by examples. */
@NullMarked
package io.github.topologyxds.slices;

import org.jspecify.annotations.NullMarked;
