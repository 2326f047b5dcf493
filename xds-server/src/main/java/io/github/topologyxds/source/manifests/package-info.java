/** One manifest's documents, as the objects in it. */
@NullMarked
package io.github.topologyxds.source.manifests;

import org.jspecify.annotations.NullMarked;
