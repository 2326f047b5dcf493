/** Many clients whose tokens are refused: {@code benchmarks/run refused}. */
@NullMarked
package io.github.topologyxds.benchmarks.load.refused;

import org.jspecify.annotations.NullMarked;
