@NullMarked
package io.github.topologyxds.inject;

import org.jspecify.annotations.NullMarked;
