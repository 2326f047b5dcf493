/** Measures the translation; `benchmarks/run` runs it, docs/performance.md holds the figures. */
@NullMarked
package io.github.topologyxds.benchmarks;

import org.jspecify.annotations.NullMarked;
