/**
 * The Kubernetes API as we use it: access by kubeconfig or service account, requests with limits,
 * watches, writes and Events. It stands on fabric8's HTTP client, not on its informers
 * (docs/decisions/0013).
 */
@NullMarked
package io.github.topologyxds.kubernetes;

import org.jspecify.annotations.NullMarked;
