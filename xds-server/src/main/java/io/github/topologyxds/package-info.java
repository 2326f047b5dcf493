/** The entry point. */
@NullMarked
package io.github.topologyxds;

import org.jspecify.annotations.NullMarked;
