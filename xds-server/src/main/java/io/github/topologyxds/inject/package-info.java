/**
 * Workloads with a sidecar put into them: edits of the text that a user wrote, at the marks of the
 * parser, so that all else of it stays as it is.
 */
@NullMarked
package io.github.topologyxds.inject;

import org.jspecify.annotations.NullMarked;
