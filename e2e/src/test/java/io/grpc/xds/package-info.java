/** The one class that has to stand beside grpc-java's package-private resource parsers. */
@NullMarked
package io.grpc.xds;

import org.jspecify.annotations.NullMarked;
