@NullMarked
package io.github.topologyxds.api;

import org.jspecify.annotations.NullMarked;
