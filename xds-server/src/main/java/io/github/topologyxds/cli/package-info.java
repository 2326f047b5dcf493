/** The command line: one class for each command. */
@NullMarked
package io.github.topologyxds.cli;

import org.jspecify.annotations.NullMarked;
