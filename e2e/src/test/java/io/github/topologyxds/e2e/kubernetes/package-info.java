/** The Kubernetes source end to end: an API server on one side, a real Envoy on the other. */
@NullMarked
package io.github.topologyxds.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
