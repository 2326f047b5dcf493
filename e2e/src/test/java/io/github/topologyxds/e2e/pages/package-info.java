/** The commands that users find in the pages, run as they are written. */
@NullMarked
package io.github.topologyxds.e2e.pages;

import org.jspecify.annotations.NullMarked;
