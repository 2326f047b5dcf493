/** The Helm chart, rendered by Helm itself: what it takes, what it refuses, and what it makes. */
@NullMarked
package io.github.topologyxds.e2e.chart;

import org.jspecify.annotations.NullMarked;
