/** Which responses of a stream belong together, and what outlives its end for some clients. */
@NullMarked
package io.github.topologyxds.session.order;

import org.jspecify.annotations.NullMarked;
