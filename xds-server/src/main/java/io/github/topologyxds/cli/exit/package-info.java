/** How a command ends: the exit code, and the one line that says why. */
@NullMarked
package io.github.topologyxds.cli.exit;

import org.jspecify.annotations.NullMarked;
