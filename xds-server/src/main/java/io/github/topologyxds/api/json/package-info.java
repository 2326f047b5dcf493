/** A connected client as JSON, written item by item. */
@NullMarked
package io.github.topologyxds.api.json;

import org.jspecify.annotations.NullMarked;
