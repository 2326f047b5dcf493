/** What the admin port promises. */
@NullMarked
package io.github.topologyxds.admin;

import org.jspecify.annotations.NullMarked;
