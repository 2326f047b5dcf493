/**
 * Where cluster objects come from: files or the Kubernetes API. Knows nothing of xDS, and nothing
 * of fabric8 leaves it.
 */
@NullMarked
package io.github.topologyxds.source;

import org.jspecify.annotations.NullMarked;
