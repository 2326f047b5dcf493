/** What proxies report of their load: taken in with care, kept for an hour, read as matrices. */
@NullMarked
package io.github.topologyxds.load;

import org.jspecify.annotations.NullMarked;
