@NullMarked
package io.github.topologyxds.source.kubernetes;

import org.jspecify.annotations.NullMarked;
