/**
 * How the parts of the program start and stop: a thread that owns something ({@link
 * io.github.topologyxds.lifecycle.OwnerThread}), a step done again and again ({@link
 * io.github.topologyxds.lifecycle.Periodic}), a thread that does what it is handed ({@link
 * io.github.topologyxds.lifecycle.WorkerThread}).
 */
@NullMarked
package io.github.topologyxds.lifecycle;

import org.jspecify.annotations.NullMarked;
