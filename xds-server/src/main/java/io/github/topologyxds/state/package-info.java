/**
 * What a source of cluster objects hands over: immutable changes of the model, nothing of fabric8.
 */
@NullMarked
package io.github.topologyxds.state;

import org.jspecify.annotations.NullMarked;
