/**
 * What is served: resources built and serialised once, shared by all clients; which of them a
 * client of a kind gets is told by one {@code TypeResources} for each type.
 */
@NullMarked
package io.github.topologyxds.resources;

import org.jspecify.annotations.NullMarked;
