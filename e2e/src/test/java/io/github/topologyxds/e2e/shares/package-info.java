/** The expected shares, held against counts of a real Envoy. */
@NullMarked
package io.github.topologyxds.e2e.shares;

import org.jspecify.annotations.NullMarked;
