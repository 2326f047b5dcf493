/** The container image, as the build leaves it: read, unpacked and started without an engine. */
@NullMarked
package io.github.topologyxds.e2e.image;

import org.jspecify.annotations.NullMarked;
