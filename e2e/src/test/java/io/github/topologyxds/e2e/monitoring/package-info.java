/** Alerts and the dashboard: well formed, told of, and over metrics that a run really has. */
@NullMarked
package io.github.topologyxds.e2e.monitoring;

import org.jspecify.annotations.NullMarked;
