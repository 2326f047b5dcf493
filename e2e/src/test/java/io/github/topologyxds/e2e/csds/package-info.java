/** CSDS as tools that others wrote see it. */
@NullMarked
package io.github.topologyxds.e2e.csds;

import org.jspecify.annotations.NullMarked;
