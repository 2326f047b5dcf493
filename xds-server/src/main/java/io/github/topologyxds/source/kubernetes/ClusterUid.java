package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.WriteApi;
import java.time.Duration;
import java.util.Optional;

/**
 * Which cluster an API server is of: the uid of the Namespace {@code kube-system}, which nobody can
 * delete (the usual stand-in for an id of clusters, which Kubernetes has not).
 */
public final class ClusterUid {
  private static final String KUBE_SYSTEM = "/api/v1/namespaces/kube-system";
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private ClusterUid() {}

  /** Returns it; empty when the API server is away, or does not let us read it. */
  public static Optional<String> read(ApiClient api) throws InterruptedException {
    WriteApi.Reply reply =
        api.send(new WriteApi.Request(WriteApi.Method.GET, KUBE_SYSTEM, "", WITHIN));
    String uid = reply.body().path("metadata").path("uid").asString("");
    return reply.succeeded() && !uid.isEmpty() ? Optional.of(uid) : Optional.empty();
  }
}
