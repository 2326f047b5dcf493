package io.github.topologyxds.e2e.cluster;

import java.nio.file.Path;
import java.util.Objects;

/** A cluster for tests, by the environment; CONTRIBUTING.md has the variables. */
public final class RealCluster {
  private RealCluster() {}

  /** Returns the kubeconfig that leads there; fails where none is named. */
  public static Path kubeconfig() {
    return Path.of(variable("TOPOLOGY_XDS_TEST_KUBECONFIG"));
  }

  /** Returns what a variable says; fails where it is not set. */
  public static String variable(String name) {
    return Objects.requireNonNull(
        System.getenv(name), () -> "set " + name + ": CONTRIBUTING.md says to what");
  }
}
