@NullMarked
package io.github.topologyxds.load;

import org.jspecify.annotations.NullMarked;
