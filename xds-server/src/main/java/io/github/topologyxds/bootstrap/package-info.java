/** Envoy bootstraps: the files of the folder envoy-configs with a user's values put in. */
@NullMarked
package io.github.topologyxds.bootstrap;

import org.jspecify.annotations.NullMarked;
