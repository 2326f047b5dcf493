/** Tests of the demand on Services. */
@NullMarked
package io.github.topologyxds.demand;

import org.jspecify.annotations.NullMarked;
