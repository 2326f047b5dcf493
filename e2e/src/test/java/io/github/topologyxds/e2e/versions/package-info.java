/** Which versions of Envoy take what they are sent. */
@NullMarked
package io.github.topologyxds.e2e.versions;

import org.jspecify.annotations.NullMarked;
