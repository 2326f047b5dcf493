/** The page in a real Chromium. */
@NullMarked
package io.github.topologyxds.e2e.browser;

import org.jspecify.annotations.NullMarked;
