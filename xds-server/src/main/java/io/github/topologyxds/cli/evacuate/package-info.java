/** {@code topology-xds evacuate}: emptying a zone. */
@NullMarked
package io.github.topologyxds.cli.evacuate;

import org.jspecify.annotations.NullMarked;
