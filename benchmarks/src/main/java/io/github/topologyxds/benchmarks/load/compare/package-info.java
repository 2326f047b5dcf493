/** Two commits measured in turn: {@code benchmarks/run compare}. */
@NullMarked
package io.github.topologyxds.benchmarks.load.compare;

import org.jspecify.annotations.NullMarked;
