/**
 * Prerequisites and installation, judged: each line has a state, a fact, and the command that mends
 * it.
 */
@NullMarked
package io.github.topologyxds.explain.check;

import org.jspecify.annotations.NullMarked;
