/** An Envoy that has a stream for each of its clusters: {@code benchmarks/run streams}. */
@NullMarked
package io.github.topologyxds.benchmarks.load.streams;

import org.jspecify.annotations.NullMarked;
