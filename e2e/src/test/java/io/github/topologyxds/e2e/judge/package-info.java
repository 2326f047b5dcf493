/** grpc-java's own xDS client as a second judge of what is served. */
@NullMarked
package io.github.topologyxds.e2e.judge;

import org.jspecify.annotations.NullMarked;
