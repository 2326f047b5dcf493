/**
 * What gets into the log: every library's lines by one way, at a limited rate, so that nobody can
 * fill the disk or hide a line of ours behind a million others.
 */
@NullMarked
package io.github.topologyxds.logging;

import org.jspecify.annotations.NullMarked;
