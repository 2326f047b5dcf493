/** Tests of which zones are emptied, and how they come back. */
@NullMarked
package io.github.topologyxds.shifts;

import org.jspecify.annotations.NullMarked;
