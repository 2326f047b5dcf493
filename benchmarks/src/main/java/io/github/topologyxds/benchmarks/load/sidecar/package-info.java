/** What a sidecar on demand costs, with a real Envoy: {@code benchmarks/run sidecar}. */
@NullMarked
package io.github.topologyxds.benchmarks.load.sidecar;

import org.jspecify.annotations.NullMarked;
