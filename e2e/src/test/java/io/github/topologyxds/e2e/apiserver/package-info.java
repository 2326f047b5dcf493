/**
 * A substitute of the Kubernetes API server: real JSON over real sockets, and every fault that a
 * test asks for. {@code TranscriptTest} holds it against answers that a real one gave.
 */
@NullMarked
package io.github.topologyxds.e2e.apiserver;

import org.jspecify.annotations.NullMarked;
