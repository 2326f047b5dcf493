/**
 * What is served of each Service port: built when somebody asks, shared by all clients with the
 * same view.
 */
@NullMarked
package io.github.topologyxds.resources.ports;

import org.jspecify.annotations.NullMarked;
