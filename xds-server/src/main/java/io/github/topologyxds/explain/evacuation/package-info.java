/** What would become of the requests of all Services if a zone were emptied. */
@NullMarked
package io.github.topologyxds.explain.evacuation;

import org.jspecify.annotations.NullMarked;
