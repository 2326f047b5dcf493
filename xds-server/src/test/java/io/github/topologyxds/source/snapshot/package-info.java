@NullMarked
package io.github.topologyxds.source.snapshot;

import org.jspecify.annotations.NullMarked;
