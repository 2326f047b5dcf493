/** gRPC applications without a proxy: the libraries themselves are the xDS clients. */
@NullMarked
package io.github.topologyxds.e2e.proxyless;

import org.jspecify.annotations.NullMarked;
