/** Tests of the log's limits. */
@NullMarked
package io.github.topologyxds.logging;

import org.jspecify.annotations.NullMarked;
