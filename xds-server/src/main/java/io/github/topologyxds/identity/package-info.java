/**
 * Who a client is, as its credential proves: tokens of the cluster's service accounts, and SPIFFE
 * ids of client certificates. Knows no network; keys and reviews are read by whoever can.
 */
@NullMarked
package io.github.topologyxds.identity;

import org.jspecify.annotations.NullMarked;
