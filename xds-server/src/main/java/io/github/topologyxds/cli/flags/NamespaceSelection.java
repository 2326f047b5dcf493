package io.github.topologyxds.cli.flags;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code -n} and {@code -A}, as kubectl has them; without either, all namespaces. */
public final class NamespaceSelection {
  @ArgGroup private @Nullable Which which;

  private static final class Which {
    @Option(
        names = {"-n", "--namespace"},
        paramLabel = "NS",
        description = "Only what belongs to this namespace.")
    private @Nullable String namespace;

    @Option(
        names = {"-A", "--all-namespaces"},
        description = "Of all namespaces (default).")
    private boolean all;
  }

  /** Returns the one namespace that is asked for; empty: all of them. */
  public Optional<String> one() {
    return Optional.ofNullable(which).filter(w -> !w.all).map(w -> w.namespace);
  }
}
