/**
 * One endpoint of a client's port: in which condition it is, where it was put, or why it was left
 * out.
 */
@NullMarked
package io.github.topologyxds.topology.endpoint;

import org.jspecify.annotations.NullMarked;
