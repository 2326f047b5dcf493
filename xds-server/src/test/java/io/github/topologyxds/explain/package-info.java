@NullMarked
package io.github.topologyxds.explain;

import org.jspecify.annotations.NullMarked;
