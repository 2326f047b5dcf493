/**
 * The last complete state on disk, for a start while the source is away ({@code serve --snapshot}).
 */
@NullMarked
package io.github.topologyxds.source.snapshot;

import org.jspecify.annotations.NullMarked;
