/**
 * What the kernel does with the connections of a Pod so that they reach its sidecar: rules as text,
 * for nftables and for iptables.
 */
@NullMarked
package io.github.topologyxds.redirect;

import org.jspecify.annotations.NullMarked;
