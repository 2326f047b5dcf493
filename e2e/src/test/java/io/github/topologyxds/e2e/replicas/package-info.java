/** Control planes that end, beside another or until they are started again. */
@NullMarked
package io.github.topologyxds.e2e.replicas;

import org.jspecify.annotations.NullMarked;
