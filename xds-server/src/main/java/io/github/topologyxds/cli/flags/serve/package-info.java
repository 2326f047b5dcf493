/** Options that only a server takes. */
@NullMarked
package io.github.topologyxds.cli.flags.serve;

import org.jspecify.annotations.NullMarked;
