package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectKind;
import java.time.Duration;

/**
 * How well a source follows one collection of the Kubernetes API.
 *
 * @param namespace the only namespace that is watched, "" for the whole cluster
 * @param synced whether the collection has been known as a whole once
 * @param stale whether the API server has been silent for so long that changes may be missing
 * @param silence since the API server was last heard
 * @param sinceEvent since the last change
 * @param restores how often the API server was found to hold another state than the one that its
 *     watch led to, as after a restore of etcd, so that everything was listed again
 * @param trouble what is wrong, one line; "" when nothing is
 */
public record WatchHealth(
    ObjectKind kind,
    String namespace,
    boolean synced,
    boolean stale,
    Duration silence,
    Duration sinceEvent,
    long restores,
    String trouble) {}
