/** ZonalShifts: which zones are emptied, and how they come back. Pure, the time is an input. */
@NullMarked
package io.github.topologyxds.shifts;

import org.jspecify.annotations.NullMarked;
