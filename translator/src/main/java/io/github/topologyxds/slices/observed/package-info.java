/** What planning reads of the cluster, as values. */
@NullMarked
package io.github.topologyxds.slices.observed;

import org.jspecify.annotations.NullMarked;
