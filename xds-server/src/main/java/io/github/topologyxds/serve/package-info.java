/** Puts the parts together into a running control plane. */
@NullMarked
package io.github.topologyxds.serve;

import org.jspecify.annotations.NullMarked;
