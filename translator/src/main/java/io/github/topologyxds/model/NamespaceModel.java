package io.github.topologyxds.model;

/**
 * One Namespace, with our annotations as written ("" when absent); see {@link ServiceTopology}.
 *
 * @param preference the annotation {@code topology-xds.io/preference}
 * @param notReady the annotation {@code topology-xds.io/not-ready}
 * @param traffic our other annotations
 */
public record NamespaceModel(
    String name, String preference, String notReady, TrafficAnnotations traffic) {
  /** Asks for nothing by our other annotations. */
  public NamespaceModel(String name, String preference, String notReady) {
    this(name, preference, notReady, TrafficAnnotations.NONE);
  }
}
