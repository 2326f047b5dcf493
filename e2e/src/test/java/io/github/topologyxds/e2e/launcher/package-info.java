/** The launcher and the shells that complete it. */
@NullMarked
package io.github.topologyxds.e2e.launcher;

import org.jspecify.annotations.NullMarked;
