/** The one way of every finding: log, metric, Event and API. */
@NullMarked
package io.github.topologyxds.state.findings;

import org.jspecify.annotations.NullMarked;
