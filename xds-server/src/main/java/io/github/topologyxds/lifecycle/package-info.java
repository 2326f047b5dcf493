/** How the parts of the program start and stop. */
@NullMarked
package io.github.topologyxds.lifecycle;

import org.jspecify.annotations.NullMarked;
