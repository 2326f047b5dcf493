/** What a client would get, worked out from files without a server. */
@NullMarked
package io.github.topologyxds.explain;

import org.jspecify.annotations.NullMarked;
