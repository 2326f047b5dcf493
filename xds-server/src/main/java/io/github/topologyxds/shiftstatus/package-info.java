/**
 * Writes the status of ZonalShifts: who of the replicas, when, and how a failure is tried again.
 * What a status says is decided in {@code shifts}.
 */
@NullMarked
package io.github.topologyxds.shiftstatus;

import org.jspecify.annotations.NullMarked;
