/** Tests of how parts start and stop. */
@NullMarked
package io.github.topologyxds.lifecycle;

import org.jspecify.annotations.NullMarked;
