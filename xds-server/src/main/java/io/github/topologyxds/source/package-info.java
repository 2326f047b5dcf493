/**
 * Where cluster objects come from: manifests in files here, the Kubernetes API in {@code
 * source.kubernetes}. Every null rule of the API lives in {@link
 * io.github.topologyxds.source.KubernetesMapper} and its like; what leaves here is our own model.
 */
@NullMarked
package io.github.topologyxds.source;

import org.jspecify.annotations.NullMarked;
