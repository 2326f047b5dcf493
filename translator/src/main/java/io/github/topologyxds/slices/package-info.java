/**
 * EndpointSlices of our own, planned: pure, without clock and I/O. Data flows {@link
 * io.github.topologyxds.slices.DesiredEndpoints collect} (what ought to be published) to {@link
 * io.github.topologyxds.slices.SlicePacker pack} (into which slices, changing as few as possible)
 * to {@link io.github.topologyxds.slices.HintPolicy hints} to {@link
 * io.github.topologyxds.slices.SlicePlanner the plan}: what to create, update and delete. Slices of
 * other managers are read and never part of a plan.
 */
@NullMarked
package io.github.topologyxds.slices;

import org.jspecify.annotations.NullMarked;
