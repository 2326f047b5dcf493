/**
 * Steps of the build of the archive for Linux, which Maven runs; nothing of it is in the archive.
 */
@NullMarked
package io.github.topologyxds.dist;

import org.jspecify.annotations.NullMarked;
