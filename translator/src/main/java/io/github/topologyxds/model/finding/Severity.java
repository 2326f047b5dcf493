package io.github.topologyxds.model.finding;

/** How much a finding matters to the owner of the object. */
public enum Severity {
  /** Worth knowing; everything works as written. */
  INFO,
  /** Something that was written has no effect, or not the effect that one would expect. */
  WARNING,
  /** Something was left out. */
  ERROR
}
