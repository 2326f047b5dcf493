/** What the state store promises. */
@NullMarked
package io.github.topologyxds.state;

import org.jspecify.annotations.NullMarked;
