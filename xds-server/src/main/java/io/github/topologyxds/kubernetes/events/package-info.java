/** Events about Services, in fair queues by Namespace. */
@NullMarked
package io.github.topologyxds.kubernetes.events;

import org.jspecify.annotations.NullMarked;
