/**
 * Options that several commands share, and what their values may be: one class for each group of
 * options.
 */
@NullMarked
package io.github.topologyxds.cli.flags;

import org.jspecify.annotations.NullMarked;
