/** Programs that tests build or install, because others wrote them. */
@NullMarked
package io.github.topologyxds.e2e.programs;

import org.jspecify.annotations.NullMarked;
