package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way to one cluster's API server: address, credentials and the HTTP client that uses them. */
public final class KubernetesAccess implements AutoCloseable {
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final Config config;
  private final Credential credential;
  private final IdentityClients clients;
  private final URI server;
  private final String identity;
  private final ApiClient api;

  private KubernetesAccess(Config config, Credential credential) {
    this.config = config;
    this.credential = credential;
    clients = new IdentityClients(config);
    server = URI.create(config.getMasterUrl());
    identity = identity(config);
    api = new ApiClient(clients::showing, server, ApiLimits.STANDARD, credential);
  }

  /** The way, and how to show there who we are. */
  private record Found(Config config, Credential credential) {}

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
    Found found = withinLimit(kubeconfig, context, readWithin);
    Config config =
        new ConfigBuilder(found.config())
            // Who asks decides when to ask again (Backoff, Retry-After).
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout((int) CONNECT_WITHIN.toMillis())
            // A connection of its own for each watch: one that hangs holds up nothing else.
            .withHttp2Disable(true)
            .withUserAgent("topology-xds")
            // The environment may name one, too: the credential is shown by ApiClient alone.
            .withOauthToken(null)
            .withAutoOAuthToken(null)
            .withUsername(null)
            .withPassword(null)
            .build();
    try {
      return new KubernetesAccess(config, found.credential());
    } catch (RuntimeException e) {
      throw new SourceException(
          "cannot use the Kubernetes configuration: " + KubeconfigFile.firstLine(e));
    }
  }

  /** A credential plugin runs while the configuration is read, and may wait for a person. */
  private static Found withinLimit(
      @Nullable Path kubeconfig, @Nullable String context, Duration limit) throws SourceException {
    FutureTask<Found> reading =
        new FutureTask<>(
            () -> kubeconfig == null ? byDefault(context) : fromFile(kubeconfig, context));
    Thread.ofPlatform().daemon().name("kubeconfig").start(reading);
    try {
      return reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reading.cancel(true);
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

  private static Found fromFile(Path path, @Nullable String context)
      throws SourceException, InterruptedException {
    KubeconfigFile.Selected selected = new KubeconfigFile(path).select(context);
    try {
      Credential credential = new KubeconfigUser(selected.user(), selected.folder()).take();
      String rest = new KubernetesSerialization().asYaml(selected.whole());
      return new Found(Config.fromKubeconfig(rest), credential);
    } catch (SourceException e) {
      throw new SourceException("kubeconfig " + path + ": " + e.getMessage());
    } catch (RuntimeException e) {
      throw new SourceException("kubeconfig " + path + ": " + KubeconfigFile.firstLine(e));
    }
  }

  /** In a Pod the service account; outside, what kubectl would use. */
  private static Found byDefault(@Nullable String context)
      throws SourceException, InterruptedException {
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
    if (!listed.isEmpty()) {
      throw new SourceException(
          "KUBECONFIG names several files, which are not put together here; name one with"
              + " --kubeconfig (kubectl config view --flatten writes one)");
    }
    try {
      Config config = Config.autoConfigure(null);
      return new Found(config, KubeconfigUser.begun(new TokenFile(serviceAccount(environment))));
    } catch (SourceException e) {
      throw new SourceException(
          "in this Pod " + e.getMessage() + "; is automountServiceAccountToken off?");
    } catch (RuntimeException e) {
      throw new SourceException(
          "cannot find the Kubernetes configuration: " + KubeconfigFile.firstLine(e));
    }
  }

  private static Path serviceAccount(Map<String, String> environment) {
    return Path.of(
        environment.getOrDefault(
            "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
  }

  /** Returns the address of the API server. */
  public URI server() {
    return server;
  }

  /** Returns what tells this API server from others without a connection: its URL, and its CA. */
  public String identity() {
    return identity;
  }

  private static String identity(Config config) {
    String file = config.getCaCertFile();
    String known =
        config.getMasterUrl() + "\n" + Objects.requireNonNullElse(config.getCaCertData(), "");
    try {
      String ca = file == null || file.isEmpty() ? "" : Files.readString(Path.of(file));
      return known + "\n" + ca;
    } catch (IOException e) {
      return known + "\n" + file;
    }
  }

  /** Returns the client that reads and writes; it is closed with this. */
  public ApiClient api() {
    return api;
  }

  /** Returns the namespace of the kubeconfig's context; "" where it names none. */
  public String namespace() {
    return Objects.requireNonNullElse(config.getNamespace(), "");
  }

  /**
   * Opens a way to a port of a Pod; whether it leads there is known from the first connection on.
   *
   * @throws ApiFailure when there is no credential to show
   */
  public PodTunnel tunnel(String namespace, String pod, int port)
      throws ApiFailure, InterruptedException {
    KubernetesClient client = IdentityClients.showingAlways(config, credential.proof());
    return PodTunnel.open(
        client, new PodTunnel.Target(namespace, pod, port), new Unreachable(server));
  }

  /** Returns the same way, for who writes. */
  public WriteApi writes() {
    return api;
  }

  @Override
  public void close() {
    clients.close();
  }
}
