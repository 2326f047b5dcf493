@NullMarked
package io.github.topologyxds.slices.writer;

import org.jspecify.annotations.NullMarked;
