/**
 * A message that is ready to be sent: its type, its name, its bytes and their version, checked once
 * more.
 */
@NullMarked
package io.github.topologyxds.xds.resource;

import org.jspecify.annotations.NullMarked;
