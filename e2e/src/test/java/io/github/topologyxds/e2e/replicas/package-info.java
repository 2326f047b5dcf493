/** Several control planes side by side. */
@NullMarked
package io.github.topologyxds.e2e.replicas;

import org.jspecify.annotations.NullMarked;
