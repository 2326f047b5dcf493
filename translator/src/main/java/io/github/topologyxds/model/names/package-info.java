/** Names as Kubernetes checks them: labels, DNS names, annotations, port numbers. */
@NullMarked
package io.github.topologyxds.model.names;

import org.jspecify.annotations.NullMarked;
