/** What a run leaves nothing of: temporary folders and free ports. */
@NullMarked
package io.github.topologyxds.demo.workspace;

import org.jspecify.annotations.NullMarked;
