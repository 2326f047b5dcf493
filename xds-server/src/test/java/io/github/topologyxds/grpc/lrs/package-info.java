@NullMarked
package io.github.topologyxds.grpc.lrs;

import org.jspecify.annotations.NullMarked;
