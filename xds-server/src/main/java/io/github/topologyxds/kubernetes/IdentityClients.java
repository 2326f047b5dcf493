package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.github.topologyxds.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for the certificate that is to be shown. Another certificate needs another
 * client, with connections and a TLS session cache of its own: what is open, or resumed, goes on
 * showing the old one. A client that is replaced is let go: watches on it end in their time.
 */
final class IdentityClients implements AutoCloseable {
  private final Config config;

  // Guarded by this.
  private @Nullable ClientCertificate shown;
  private KubernetesClient client;

  /** Begins with what the configuration itself shows. */
  IdentityClients(Config config) {
    this.config = config;
    this.client = open(config);
  }

  /**
   * Returns the client whose connections show this.
   *
   * @param certificate null: what the configuration itself shows
   * @throws ApiFailure UNAVAILABLE when the certificate and the key cannot be used
   */
  synchronized HttpClient showing(@Nullable ClientCertificate certificate) throws ApiFailure {
    if (certificate != null && !certificate.equals(shown)) {
      try {
        client =
            open(
                new ConfigBuilder(config)
                    .withClientCertData(certificate.certificateData())
                    .withClientKeyData(certificate.keyData())
                    .withClientKeyAlgo(certificate.algorithm())
                    .build());
        shown = certificate;
      } catch (RuntimeException | SourceException e) {
        // The cause may quote the key.
        throw new ApiFailure(
            ApiFailure.Kind.UNAVAILABLE,
            "is not asked: the client certificate of the credential plugin and its key cannot be"
                + " used");
      }
    }
    return client.getHttpClient();
  }

  private static KubernetesClient open(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new DirectHttp())
        .withHttpClientBuilderConsumer(DirectHttp::withoutCredentials)
        .build();
  }

  @Override
  public synchronized void close() {
    client.close();
  }
}
