/**
 * What a Service, its Namespace or a flag asks of routing: each setting with the values that it
 * takes, and the first of those that say it wins.
 */
@NullMarked
package io.github.topologyxds.topology.settings;

import org.jspecify.annotations.NullMarked;
