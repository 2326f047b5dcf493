/** Explanations as text for people and as JSON for scripts. */
@NullMarked
package io.github.topologyxds.explain.report;

import org.jspecify.annotations.NullMarked;
