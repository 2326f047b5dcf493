/** Tests of the way from the source to publication. */
@NullMarked
package io.github.topologyxds.pipeline;

import org.jspecify.annotations.NullMarked;
