/** Backends that count what they are asked. */
@NullMarked
package io.github.topologyxds.demo.backend;

import org.jspecify.annotations.NullMarked;
