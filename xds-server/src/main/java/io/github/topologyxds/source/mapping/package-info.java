/** From fabric8's objects to the model: every null rule of the Kubernetes API lives here. */
@NullMarked
package io.github.topologyxds.source.mapping;

import org.jspecify.annotations.NullMarked;
