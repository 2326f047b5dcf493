/** What the scenarios stand on: a world of YAML, backends, a server, and Envoys around it. */
@NullMarked
package io.github.topologyxds.e2e.bench;

import org.jspecify.annotations.NullMarked;
