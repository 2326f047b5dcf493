/** What is explained is what is pushed, and what Envoy does with it is counted. */
@NullMarked
package io.github.topologyxds.explanation;

import org.jspecify.annotations.NullMarked;
