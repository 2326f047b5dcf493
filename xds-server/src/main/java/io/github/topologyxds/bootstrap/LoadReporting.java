package io.github.topologyxds.bootstrap;

/** Whether an Envoy reports how much it sent where. */
public enum LoadReporting {
  ON,
  OFF
}
