/**
 * What clients start with: for Envoys the files of the folder envoy-configs with a user's values
 * put in, for gRPC libraries a file of their own.
 */
@NullMarked
package io.github.topologyxds.bootstrap;

import org.jspecify.annotations.NullMarked;
