/**
 * Writes EndpointSlices of our own ({@code serve --manage-slices}): what planning reads of the
 * cluster, who of all replicas may write, and every write with the preconditions that keep it off
 * what is not ours. Reaches the API server through {@link
 * io.github.topologyxds.slices.writer.WriteApi} alone.
 */
@NullMarked
package io.github.topologyxds.slices.writer;

import org.jspecify.annotations.NullMarked;
