@NullMarked
package io.github.topologyxds.redirect;

import org.jspecify.annotations.NullMarked;
