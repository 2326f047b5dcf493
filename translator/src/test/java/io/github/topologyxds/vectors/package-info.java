/** The routing rules held against vectors: kube-proxy's own, and those of this product. */
@NullMarked
package io.github.topologyxds.vectors;

import org.jspecify.annotations.NullMarked;
