/** Tests of who clients are. */
@NullMarked
package io.github.topologyxds.identity;

import org.jspecify.annotations.NullMarked;
