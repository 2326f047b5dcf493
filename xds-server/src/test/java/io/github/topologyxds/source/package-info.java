/** Tests of the sources. */
@NullMarked
package io.github.topologyxds.source;

import org.jspecify.annotations.NullMarked;
