package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.topologyxds.kubernetes.Credential.Proof;
import io.github.topologyxds.state.SourceException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for the certificate that is to be shown. Another certificate needs another
 * client, with connections and a TLS session cache of its own: what is open, or resumed, goes on
 * showing the old one. A client that is replaced is let go: watches on it end in their time.
 */
final class IdentityClients implements AutoCloseable {
  private static final String PROOF = "topology-xds-proof";

  private final Config config;

  // Guarded by this.
  private @Nullable ClientCertificate shown;
  private KubernetesClient client;

  /** Begins with what the configuration itself shows. */
  IdentityClients(Config config) {
    this.config = config;
    this.client = client(config, DirectHttp::withoutCredentials);
  }

  /**
   * Returns the client whose connections show this.
   *
   * @param certificate null: what the configuration itself shows
   * @throws ApiFailure UNAVAILABLE when the certificate and the key cannot be used
   */
  synchronized HttpClient showing(@Nullable ClientCertificate certificate) throws ApiFailure {
    if (certificate != null && !certificate.equals(shown)) {
      client = open(with(config, certificate), DirectHttp::withoutCredentials);
      shown = certificate;
    }
    return client.getHttpClient();
  }

  private static KubernetesClient open(Config config, Consumer<HttpClient.Builder> setUp)
      throws ApiFailure {
    try {
      return client(config, setUp);
    } catch (RuntimeException e) {
      throw unusable();
    }
  }

  private static KubernetesClient client(Config config, Consumer<HttpClient.Builder> setUp) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new DirectHttp())
        .withHttpClientBuilderConsumer(setUp)
        .build();
  }

  /** The cause is left out: it may quote the key. */
  private static ApiFailure unusable() {
    return new ApiFailure(
        ApiFailure.Kind.UNAVAILABLE,
        "is not asked: the client certificate of the credential plugin and its key cannot be used");
  }

  /**
   * Returns a client for what fabric8 itself asks for: each of its requests shows this proof. It is
   * the caller's to close.
   *
   * @throws ApiFailure UNAVAILABLE when its certificate and key cannot be used
   */
  static KubernetesClient showingAlways(Config config, Proof proof) throws ApiFailure {
    ClientCertificate certificate = proof.certificate();
    return open(
        certificate == null ? config : with(config, certificate),
        builder -> {
          DirectHttp.withoutCredentials(builder);
          if (!proof.header().isEmpty()) {
            builder.addOrReplaceInterceptor(PROOF, new Shown(proof));
          }
        });
  }

  private record Shown(Proof proof) implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      builder.setHeader("Authorization", proof.header());
    }
  }

  private static Config with(Config config, ClientCertificate certificate) throws ApiFailure {
    try {
      return new ConfigBuilder(config)
          .withClientCertData(certificate.certificateData())
          .withClientKeyData(certificate.keyData())
          .withClientKeyAlgo(certificate.algorithm())
          .build();
    } catch (SourceException e) {
      throw unusable();
    }
  }

  @Override
  public synchronized void close() {
    client.close();
  }
}
