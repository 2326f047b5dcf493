/** What hours do to the server: {@code mvn verify -Psoak}. */
@NullMarked
package io.github.topologyxds.e2e.soak;

import org.jspecify.annotations.NullMarked;
