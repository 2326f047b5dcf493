/** The API's port: who may ask it, its connections, and those that wait for changes. */
@NullMarked
package io.github.topologyxds.api.server;

import org.jspecify.annotations.NullMarked;
