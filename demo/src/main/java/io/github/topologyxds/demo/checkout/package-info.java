/** Earlier commits of this repository, so that what was can be run beside what is. */
@NullMarked
package io.github.topologyxds.demo.checkout;

import org.jspecify.annotations.NullMarked;
