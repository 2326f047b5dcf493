/**
 * Pods without a cluster: network namespaces that end with the processes in them. Linux, as root.
 */
@NullMarked
package io.github.topologyxds.demo.network;

import org.jspecify.annotations.NullMarked;
