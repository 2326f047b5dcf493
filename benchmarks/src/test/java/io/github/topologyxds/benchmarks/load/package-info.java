@NullMarked
package io.github.topologyxds.benchmarks.load;

import org.jspecify.annotations.NullMarked;
