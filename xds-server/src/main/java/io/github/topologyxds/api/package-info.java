/** JSON over HTTP on a port of its own: who is connected, what is served, and what is odd. */
@NullMarked
package io.github.topologyxds.api;

import org.jspecify.annotations.NullMarked;
