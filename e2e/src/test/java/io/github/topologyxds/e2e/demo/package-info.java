/** The command {@code demo} as a process. */
@NullMarked
package io.github.topologyxds.e2e.demo;

import org.jspecify.annotations.NullMarked;
