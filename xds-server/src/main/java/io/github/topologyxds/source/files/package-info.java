/**
 * The folder of manifests: what is in it, what changed, and what looks like an edit in progress.
 */
@NullMarked
package io.github.topologyxds.source.files;

import org.jspecify.annotations.NullMarked;
