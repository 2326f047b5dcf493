/** What the routing rules promise. */
@NullMarked
package io.github.topologyxds.topology;

import org.jspecify.annotations.NullMarked;
