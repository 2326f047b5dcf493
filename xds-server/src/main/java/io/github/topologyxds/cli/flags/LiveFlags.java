package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.replicas.OneServer;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Opens what runs and is to answer a command: the server at an address, or a cluster's replicas.
 */
record LiveFlags(CommandSpec spec, ReplicaFlags replicas) {
  private static final Set<Class<?>> OF_CLUSTER =
      Set.of(ReplicaFlags.class, ClusterAccessFlags.class);

  static boolean isOfCluster(OptionSpec option) {
    Class<?> in = WhereFlags.declaredIn(option);
    return in != null && OF_CLUSTER.contains(in);
  }

  /**
   * Opens it; the caller closes it.
   *
   * @param address null: the replicas in the cluster are asked
   * @param hint where the replicas are
   * @throws ParameterException when an address is given and a cluster as well
   * @throws CommandFailure when there are no replicas to be asked
   */
  LiveServer open(@Nullable URI address, ReplicaFlags.Hint hint) {
    if (address == null) {
      return replicas.open(hint, this::warn);
    }
    spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(LiveFlags::isOfCluster)
        .findFirst()
        .ifPresent(option -> {
          throw new ParameterException(
              spec.commandLine(),
              option.longestName() + " is for a cluster: --admin names the one server to ask");
        });
    return new OneServer(address);
  }

  /** Whose namespace {@code -n} names may be told by the same people as run a server there. */
  ReplicaFlags.Hint hint() {
    OptionSpec given = spec.commandLine().getParseResult().matchedOption("-n");
    if (given == null) {
      return ReplicaFlags.Hint.NONE;
    }
    String namespace = given.getValue();
    return new ReplicaFlags.Hint(namespace, ReplicaFlags.Hint.Force.FIRST_THERE);
  }

  private void warn(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + line);
    err.flush();
  }
}
