package io.github.topologyxds.model;

/**
 * The conditions of an endpoint as a consumer reads them (kube-proxy,
 * pkg/proxy/endpointslicecache): ready and serving are true when nil, terminating is true only when
 * it says so.
 */
public record Readiness(boolean ready, boolean serving, boolean terminating) {
  public static final Readiness READY = new Readiness(true, true, false);

  /** True for an endpoint that finishes what it has and may still be used as a last resort. */
  public boolean servingWhileTerminating() {
    return serving && terminating;
  }
}
