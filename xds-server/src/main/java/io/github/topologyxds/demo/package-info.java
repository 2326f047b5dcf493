/**
 * A small world to try topology-xds in: a synthetic cluster as YAML files, real Envoys, counting
 * backends, counted requests. The command {@code demo} and the end-to-end tests are made of it. All
 * traffic stays on loopback.
 */
@NullMarked
package io.github.topologyxds.demo;

import org.jspecify.annotations.NullMarked;
