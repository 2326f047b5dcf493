package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.Protocol;

/** A port that an ExternalWorkload listens on; a Service's named targetPort finds it. */
public record WorkloadPort(String name, int number, Protocol protocol) {}
