/** From a source's batches to the store: state, dirty Services, translation, update. One thread. */
@NullMarked
package io.github.topologyxds.pipeline;

import org.jspecify.annotations.NullMarked;
