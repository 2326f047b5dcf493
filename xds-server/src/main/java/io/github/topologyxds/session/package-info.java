/**
 * One client's stream across its types: the order in which they are sent, pacing, counts, and the
 * group of the sessions that share a thread.
 */
@NullMarked
package io.github.topologyxds.session;

import org.jspecify.annotations.NullMarked;
