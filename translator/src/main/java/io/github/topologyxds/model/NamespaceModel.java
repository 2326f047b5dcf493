package io.github.topologyxds.model;

/**
 * One Namespace, with our annotations as written ("" when absent); see {@link ServiceTopology}.
 *
 * @param preference the annotation {@code topology-xds.io/preference}
 * @param notReady the annotation {@code topology-xds.io/not-ready}
 */
public record NamespaceModel(String name, String preference, String notReady) {}
