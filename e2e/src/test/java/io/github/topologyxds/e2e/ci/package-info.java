/** What CI runs and what it leaves out: scripts and tags, so that nothing rots unseen. */
@NullMarked
package io.github.topologyxds.e2e.ci;

import org.jspecify.annotations.NullMarked;
