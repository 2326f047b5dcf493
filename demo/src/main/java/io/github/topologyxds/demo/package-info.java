/**
 * The command {@code demo}: three zones on this machine, with a real Envoy in each. All traffic
 * stays on loopback.
 */
@NullMarked
package io.github.topologyxds.demo;

import org.jspecify.annotations.NullMarked;
