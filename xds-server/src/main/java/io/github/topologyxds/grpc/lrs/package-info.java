/** The LoadReportingService: proxies tell on a stream of their own how much they sent where. */
@NullMarked
package io.github.topologyxds.grpc.lrs;

import org.jspecify.annotations.NullMarked;
