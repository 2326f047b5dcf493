/** What {@code check} asks the API server itself: version, rights, controllers, objects. */
@NullMarked
package io.github.topologyxds.explain.cluster;

import org.jspecify.annotations.NullMarked;
