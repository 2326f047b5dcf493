/**
 * Servers that run are asked: one by its address, or every ready replica of the cluster through
 * port-forwards, whose answers are joined.
 */
@NullMarked
package io.github.topologyxds.cli.replicas;

import org.jspecify.annotations.NullMarked;
