/** The admin port: liveness, readiness and metrics over plain HTTP, on loopback by default. */
@NullMarked
package io.github.topologyxds.admin;

import org.jspecify.annotations.NullMarked;
