@NullMarked
package io.github.topologyxds.slices.lease;

import org.jspecify.annotations.NullMarked;
