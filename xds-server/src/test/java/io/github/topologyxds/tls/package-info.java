@NullMarked
package io.github.topologyxds.tls;

import org.jspecify.annotations.NullMarked;
