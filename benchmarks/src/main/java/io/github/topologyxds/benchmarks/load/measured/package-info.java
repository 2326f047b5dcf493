/** Figures of a run: spreads, marks, CPU time and collections. */
@NullMarked
package io.github.topologyxds.benchmarks.load.measured;

import org.jspecify.annotations.NullMarked;
