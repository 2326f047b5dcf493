/** Tests of what a stream is due. */
@NullMarked
package io.github.topologyxds.session;

import org.jspecify.annotations.NullMarked;
