/**
 * Follows a live cluster: LIST, then WATCH, for each watched kind. What comes is mapped at once to
 * the model; the newest of it is handed over in order. Nothing here knows xDS.
 *
 * <p>It stands on fabric8's HTTP client (kubeconfig, in-cluster configuration, tokens, TLS), not on
 * its informers: those have been seen to stop silently, keep fabric8's objects, and do not tell
 * when they last heard from the API server (docs/decisions/0013).
 */
@NullMarked
package io.github.topologyxds.source.kubernetes;

import org.jspecify.annotations.NullMarked;
