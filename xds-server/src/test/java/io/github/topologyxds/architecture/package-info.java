/** What may depend on what, held by the build. */
@NullMarked
package io.github.topologyxds.architecture;

import org.jspecify.annotations.NullMarked;
