/**
 * The Lease that says which replica writes, and the fence that keeps a former writer from writing.
 */
@NullMarked
package io.github.topologyxds.slices.lease;

import org.jspecify.annotations.NullMarked;
