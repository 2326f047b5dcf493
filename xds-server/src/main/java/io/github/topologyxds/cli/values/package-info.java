/** What the values of options may be, and the one line that says so. */
@NullMarked
package io.github.topologyxds.cli.values;

import org.jspecify.annotations.NullMarked;
