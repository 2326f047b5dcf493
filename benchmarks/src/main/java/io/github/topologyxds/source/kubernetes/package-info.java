/** What only shows inside the source that follows a live cluster. */
@NullMarked
package io.github.topologyxds.source.kubernetes;

import org.jspecify.annotations.NullMarked;
