/** What runs here: of the product, and of what it is built on. */
@NullMarked
package io.github.topologyxds.version;

import org.jspecify.annotations.NullMarked;
