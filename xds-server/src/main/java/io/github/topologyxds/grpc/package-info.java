/** The xDS port: puts the gRPC server together. */
@NullMarked
package io.github.topologyxds.grpc;

import org.jspecify.annotations.NullMarked;
