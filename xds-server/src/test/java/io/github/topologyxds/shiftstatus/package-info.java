@NullMarked
package io.github.topologyxds.shiftstatus;

import org.jspecify.annotations.NullMarked;
