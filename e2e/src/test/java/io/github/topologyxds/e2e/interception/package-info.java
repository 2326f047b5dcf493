/**
 * Applications that know nothing of their sidecar: real rules, in network namespaces of their own.
 */
@NullMarked
package io.github.topologyxds.e2e.interception;

import org.jspecify.annotations.NullMarked;
