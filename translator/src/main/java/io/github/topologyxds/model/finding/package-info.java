/**
 * What is odd about an object: a stable reason, its severity, and a typed reference to the object.
 */
@NullMarked
package io.github.topologyxds.model.finding;

import org.jspecify.annotations.NullMarked;
