@NullMarked
package io.github.topologyxds.grpc.wire;

import org.jspecify.annotations.NullMarked;
