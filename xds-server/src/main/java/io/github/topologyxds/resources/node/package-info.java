/** What a client tells of itself in its node, and what of that is believed. */
@NullMarked
package io.github.topologyxds.resources.node;

import org.jspecify.annotations.NullMarked;
