package io.github.topologyxds.source.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.topologyxds.slices.writer.WriteApi;
import io.github.topologyxds.source.SourceException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way to one cluster's API server: address, credentials and the HTTP client that uses them. */
public final class KubernetesAccess implements AutoCloseable {
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final ApiClient api;

  private KubernetesAccess(Config config) {
    client = new KubernetesClientBuilder().withConfig(config).build();
    api = new ApiClient(client.getHttpClient(), server(), ApiLimits.STANDARD);
  }

  /**
   * Reads the configuration; does not connect.
   *
   * @param kubeconfig null: what {@code KUBECONFIG} names, else {@code ~/.kube/config}, else the
   *     Pod's service account
   * @param context of the kubeconfig; null: its current one
   * @throws SourceException when there is no usable configuration; names the path and the reason
   */
  public static KubernetesAccess open(@Nullable Path kubeconfig, @Nullable String context)
      throws SourceException {
    return open(kubeconfig, context, READ_WITHIN);
  }

  static KubernetesAccess open(
      @Nullable Path kubeconfig, @Nullable String context, Duration readWithin)
      throws SourceException {
    Config found = withinLimit(kubeconfig, context, readWithin);
    Config config =
        new ConfigBuilder(found)
            // Who asks decides when to ask again (Backoff, Retry-After).
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout((int) CONNECT_WITHIN.toMillis())
            // A connection of its own for each watch: one that hangs holds up nothing else.
            .withHttp2Disable(true)
            .withUserAgent("topology-xds")
            .build();
    try {
      return new KubernetesAccess(config);
    } catch (RuntimeException e) {
      throw new SourceException(
          "cannot use the Kubernetes configuration: " + KubeconfigFile.firstLine(e));
    }
  }

  /** A credential plugin runs while the configuration is read, and may wait for a person. */
  private static Config withinLimit(
      @Nullable Path kubeconfig, @Nullable String context, Duration limit) throws SourceException {
    FutureTask<Config> reading =
        new FutureTask<>(
            () -> kubeconfig == null ? byDefault(context) : fromFile(kubeconfig, context));
    Thread.ofPlatform().daemon().name("kubeconfig").start(reading);
    try {
      return reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SourceException(
          "the Kubernetes configuration cannot be read within "
              + limit.toSeconds()
              + " s; does its credential plugin (users[].user.exec) wait for something?");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException known) {
        throw known;
      }
      throw new SourceException(
          "cannot read the Kubernetes configuration: " + KubeconfigFile.firstLine(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("interrupted while the Kubernetes configuration was read");
    }
  }

  private static Config fromFile(Path path, @Nullable String context) throws SourceException {
    new KubeconfigFile(path).check(context);
    try {
      return context == null
          ? Config.fromKubeconfig(path.toFile())
          : Config.fromKubeconfig(context, path.toFile());
    } catch (RuntimeException e) {
      throw new SourceException("kubeconfig " + path + ": " + KubeconfigFile.firstLine(e));
    }
  }

  /** In a Pod the service account; outside, what kubectl would use. */
  private static Config byDefault(@Nullable String context) throws SourceException {
    Map<String, String> environment = System.getenv();
    String listed = environment.getOrDefault("KUBECONFIG", "");
    Path home = Path.of(System.getProperty("user.home", "."), ".kube", "config");
    if (!listed.isEmpty() && !listed.contains(":")) {
      return fromFile(Path.of(listed), context);
    }
    if (listed.isEmpty() && Files.isRegularFile(home)) {
      return fromFile(home, context);
    }
    if (listed.isEmpty() && !environment.containsKey("KUBERNETES_SERVICE_HOST")) {
      throw new SourceException(
          "no cluster to follow: there is no --kubeconfig, no KUBECONFIG, no "
              + home
              + ", and this is no Pod");
    }
    if (listed.isEmpty() && context != null) {
      throw new SourceException(
          "--context " + context + " needs a kubeconfig; a Pod's service account has no contexts");
    }
    for (String file : listed.isEmpty() ? new String[0] : listed.split(":")) {
      if (!Files.isRegularFile(Path.of(file))) {
        throw new SourceException("kubeconfig " + file + " (of KUBECONFIG): there is no such file");
      }
    }
    try {
      return Config.autoConfigure(context);
    } catch (RuntimeException e) {
      throw new SourceException(
          "cannot find the Kubernetes configuration: " + KubeconfigFile.firstLine(e));
    }
  }

  URI server() {
    return URI.create(client.getConfiguration().getMasterUrl());
  }

  ApiClient api() {
    return api;
  }

  /** Returns the same way, for who writes. */
  public WriteApi writes() {
    return api;
  }

  @Override
  public void close() {
    client.close();
  }
}
