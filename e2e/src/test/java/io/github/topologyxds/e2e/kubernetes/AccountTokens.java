package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestFluent;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tokens of service accounts, by the API of an administrator. */
final class AccountTokens {
  private static final long HOUR = 3600;

  private AccountTokens() {}

  /** A token for the API server itself. */
  static String forTheApi(KubernetesClient admin, String namespace, String account) {
    return of(admin, namespace, account, request(HOUR).endSpec());
  }

  /** A token for an audience, as good as one that the kubelet mounts, but bound to nothing. */
  static String unbound(KubernetesClient admin, String namespace, String account, String audience) {
    return of(admin, namespace, account, request(HOUR).withAudiences(audience).endSpec());
  }

  /** A token of a Pod's account for an audience, as the kubelet asks for it. */
  static String ofPod(KubernetesClient admin, Pod pod, String audience, long seconds) {
    return of(
        admin,
        pod.getMetadata().getNamespace(),
        pod.getSpec().getServiceAccountName(),
        request(seconds)
            .withAudiences(audience)
            .withNewBoundObjectRef(
                "v1", "Pod", pod.getMetadata().getName(), pod.getMetadata().getUid())
            .endSpec());
  }

  private static TokenRequestFluent<TokenRequestBuilder>.SpecNested<TokenRequestBuilder> request(
      long seconds) {
    return new TokenRequestBuilder().withNewSpec().withExpirationSeconds(seconds);
  }

  private static String of(
      KubernetesClient admin, String namespace, String account, TokenRequestBuilder request) {
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(request.build())
        .getStatus()
        .getToken();
  }

  /**
   * Writes a kubeconfig with a token.
   *
   * @param cluster the API server's address; whoever answers there is believed
   */
  static Path kubeconfig(Path file, String cluster, String token) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
        users: [{name: u, user: {token: "%s"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        current-context: c
        """
            .formatted(cluster, token));
  }
}
