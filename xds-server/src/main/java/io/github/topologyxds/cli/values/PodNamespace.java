package io.github.topologyxds.cli.values;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The namespace that this process runs in: the Lease stands beside the Pods that hold it. */
public final class PodNamespace {
  private static final String OUTSIDE_OF_A_POD = "topology-xds";

  /** Where a Pod finds it beside its token (kubelet's projected volume). */
  private static final Path ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private PodNamespace() {}

  /** Returns the namespace of the Pod that this process runs in; outside of one the default. */
  public static String ofThisProcess() {
    return of(System.getenv(), ACCOUNT);
  }

  /** Returns the namespace of the Pod that this process runs in; empty outside of one. */
  public static Optional<String> ofThisPod() {
    return find(System.getenv(), ACCOUNT);
  }

  /**
   * Returns what {@code POD_NAMESPACE} says, else the service account's namespace, else the
   * default.
   *
   * @param account the file that holds the service account's namespace, which may be missing
   */
  public static String of(Map<String, String> environment, Path account) {
    return find(environment, account).orElse(OUTSIDE_OF_A_POD);
  }

  private static Optional<String> find(Map<String, String> environment, Path account) {
    String named = environment.getOrDefault("POD_NAMESPACE", "").strip();
    if (!named.isEmpty()) {
      return Optional.of(named);
    }
    try {
      String mounted = Files.readString(account).strip();
      return mounted.isEmpty() ? Optional.empty() : Optional.of(mounted);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
