/** Tests of what a stream is due. */
@NullMarked
package io.github.topologyxds.delivery;

import org.jspecify.annotations.NullMarked;
