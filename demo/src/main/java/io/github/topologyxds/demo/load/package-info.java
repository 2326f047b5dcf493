/** Load with an end: so many requests, counted by outcome and latency. */
@NullMarked
package io.github.topologyxds.demo.load;

import org.jspecify.annotations.NullMarked;
