package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.slices.writer.InstallationSlices;
import io.github.topologyxds.state.SourceException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a live cluster. */
public final class ClusterAccessFlags {
  @Option(
      names = "--kubeconfig",
      converter = InputPath.class,
      paramLabel = "F",
      description =
          "How to reach the cluster (default: KUBECONFIG, ~/.kube/config, in a Pod its service"
              + " account).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "C",
      description = "Context of the kubeconfig (default: its current one).")
  private @Nullable String context;

  /** Null: the default places. */
  public @Nullable Path kubeconfig() {
    return kubeconfig;
  }

  /** Null: the kubeconfig's current one. */
  public @Nullable String context() {
    return context;
  }

  /**
   * Returns the way to the cluster, which the caller closes; does not connect.
   *
   * @throws SourceException when there is no usable configuration
   */
  KubernetesAccess open() throws SourceException {
    return KubernetesAccess.open(kubeconfig, context);
  }

  /** What a command does in the cluster that it has reached. */
  public interface Work<T> {
    /** Returns the result of the work. */
    T run(KubernetesAccess access)
        throws SourceException, InstallationSlices.RefusedException, InterruptedException;
  }

  /**
   * Reaches the cluster, works in it, and leaves it.
   *
   * @throws CommandFailure when the cluster cannot be reached, or refuses
   */
  public <T> T use(Work<T> work) {
    try (KubernetesAccess access = open()) {
      return work.run(access);
    } catch (SourceException | InstallationSlices.RefusedException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }
}
