/** The zones that traffic keeps away from. */
@NullMarked
package io.github.topologyxds.model.shift;

import org.jspecify.annotations.NullMarked;
