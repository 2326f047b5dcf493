package io.github.topologyxds.slices.observed;

/** {@code endpoints[].targetRef}: the object behind an address; absent texts are "". */
public record TargetRef(String kind, String namespace, String name, String uid) {
  public static final TargetRef NONE = new TargetRef("", "", "", "");
}
