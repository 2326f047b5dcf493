/**
 * What is served: resources built and serialised once, shared by all clients; {@link
 * io.github.topologyxds.resources.ClientResources} says which of them a client gets.
 */
@NullMarked
package io.github.topologyxds.resources;

import org.jspecify.annotations.NullMarked;
