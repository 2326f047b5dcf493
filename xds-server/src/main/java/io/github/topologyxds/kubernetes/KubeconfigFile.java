package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a kubeconfig before it is used: what is wrong with one otherwise shows as a client that
 * silently talks to another cluster.
 */
final class KubeconfigFile {
  private final Path path;

  KubeconfigFile(Path path) {
    this.path = path;
  }

  /**
   * Checks that the file leads to a cluster, and who is to ask there.
   *
   * @param context null for the file's current one
   * @throws SourceException names the path and what is wrong
   */
  Selected select(@Nullable String context) throws SourceException {
    Config config = read();
    List<NamedContext> contexts = orEmpty(config.getContexts());
    String current = config.getCurrentContext();
    String wanted = context == null ? current : context;
    if (wanted == null || wanted.isEmpty()) {
      throw wrong("it has no current-context; choose one with --context: " + names(contexts));
    }
    NamedContext found =
        contexts.stream()
            .filter(c -> wanted.equals(c.getName()))
            .findFirst()
            .orElseThrow(() ->
                wrong("there is no context \"" + wanted + "\"; there are: " + names(contexts)));
    String cluster = found.getContext() == null ? null : found.getContext().getCluster();
    for (NamedCluster named : orEmpty(config.getClusters())) {
      if (Objects.equals(named.getName(), cluster)
          && named.getCluster() != null
          && named.getCluster().getServer() != null) {
        String authority = named.getCluster().getCertificateAuthority();
        if (authority != null && !authority.isEmpty()) {
          named.getCluster().setCertificateAuthority(folder().resolve(authority).toString());
        }
        config.setCurrentContext(wanted);
        AuthInfo user = user(config, wanted, found.getContext().getUser());
        return new Selected(config, user, folder());
      }
    }
    throw wrong("the context \"" + wanted + "\" leads to no cluster with a server");
  }

  /**
   * What a context leads to.
   *
   * @param whole the file, with that context as its current one
   * @param user a part of it
   * @param folder of the file, which its paths are relative to
   */
  record Selected(Config whole, AuthInfo user, Path folder) {}

  private Path folder() {
    Path absolute = path.toAbsolutePath();
    return Objects.requireNonNullElse(absolute.getParent(), absolute);
  }

  /** A context may name no user: then nobody is to be shown. */
  private AuthInfo user(Config config, String context, @Nullable String name)
      throws SourceException {
    if (name == null || name.isEmpty()) {
      return new AuthInfo();
    }
    for (NamedAuthInfo named : orEmpty(config.getUsers())) {
      if (name.equals(named.getName())) {
        return named.getUser() == null ? new AuthInfo() : named.getUser();
      }
    }
    throw wrong(
        "the context \"" + context + "\" names the user \"" + name + "\", who is not there");
  }

  private Config read() throws SourceException {
    if (!Files.exists(path)) {
      throw wrong("there is no such file");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw wrong("it is no file that may be read");
    }
    try {
      Config config = new KubernetesSerialization().unmarshal(Files.readString(path), Config.class);
      if (config == null || orEmpty(config.getContexts()).isEmpty()) {
        throw wrong("it is no kubeconfig with contexts");
      }
      return config;
    } catch (IOException e) {
      throw wrong("it cannot be read: " + firstLine(e));
    } catch (RuntimeException e) {
      // A parser's message quotes what it could not read, which may be a token.
      throw wrong("it is no YAML, or its fields are not those of a kubeconfig");
    }
  }

  /** Returns the first line of what lies at the bottom of an error. */
  static String firstLine(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : Finding.quote(message.lines().findFirst().orElse(""), 200);
  }

  private SourceException wrong(String what) {
    return new SourceException("kubeconfig " + path + ": " + what);
  }

  private static String names(List<NamedContext> contexts) {
    return contexts.stream()
        .map(c -> String.valueOf(c.getName()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}
