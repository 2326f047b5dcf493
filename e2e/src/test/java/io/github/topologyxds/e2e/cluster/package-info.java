/** The real cluster that whoever runs the tests names. */
@NullMarked
package io.github.topologyxds.e2e.cluster;

import org.jspecify.annotations.NullMarked;
