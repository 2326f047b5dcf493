/** What a client would get, worked out from files without a server. */
@NullMarked
package io.github.topologyxds.offline;

import org.jspecify.annotations.NullMarked;
