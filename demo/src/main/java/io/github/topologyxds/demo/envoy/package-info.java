/** Real Envoy processes: found or installed, started, asked through their admin port. */
@NullMarked
package io.github.topologyxds.demo.envoy;

import org.jspecify.annotations.NullMarked;
