/**
 * Where cluster objects come from: Kubernetes manifests in files, later the Kubernetes API. Every
 * null rule of the API lives in {@link io.github.topologyxds.source.KubernetesMapper}; nothing of
 * fabric8 leaves this package.
 */
@NullMarked
package io.github.topologyxds.source;

import org.jspecify.annotations.NullMarked;
