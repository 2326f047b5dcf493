/**
 * Who is connected, as anybody may read it: what a client says of itself, and how far each resource
 * type has got with it.
 */
@NullMarked
package io.github.topologyxds.session.status;

import org.jspecify.annotations.NullMarked;
