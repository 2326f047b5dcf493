/** Which zones are emptied, and how they come back: pure, the time is an input. */
@NullMarked
package io.github.topologyxds.shifts;

import org.jspecify.annotations.NullMarked;
