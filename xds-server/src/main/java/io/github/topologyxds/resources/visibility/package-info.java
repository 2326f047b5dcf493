/** Which Services a client may see; hidden looks like missing. */
@NullMarked
package io.github.topologyxds.resources.visibility;

import org.jspecify.annotations.NullMarked;
