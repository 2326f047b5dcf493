/** Tests of the sources. */
@NullMarked
package io.github.topologyxds.source.mapping;

import org.jspecify.annotations.NullMarked;
