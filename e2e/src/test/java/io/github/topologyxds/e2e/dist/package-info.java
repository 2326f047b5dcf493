/**
 * The archive for Linux, as the build leaves it: unpacked into an empty root, started, served with.
 */
@NullMarked
package io.github.topologyxds.e2e.dist;

import org.jspecify.annotations.NullMarked;
