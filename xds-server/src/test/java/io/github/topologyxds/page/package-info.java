@NullMarked
package io.github.topologyxds.page;

import org.jspecify.annotations.NullMarked;
