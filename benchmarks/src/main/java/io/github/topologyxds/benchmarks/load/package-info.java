/** Many clients at once: {@code benchmarks/run load}. */
@NullMarked
package io.github.topologyxds.benchmarks.load;

import org.jspecify.annotations.NullMarked;
