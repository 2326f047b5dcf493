/** What all Services together may cost, and which of them fit. */
@NullMarked
package io.github.topologyxds.state.budget;

import org.jspecify.annotations.NullMarked;
