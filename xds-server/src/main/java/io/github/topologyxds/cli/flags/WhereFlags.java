package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.values.ApiAddress;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.source.files.Manifests;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command's answer comes from: files, a running server, or the replicas in a cluster. */
public final class WhereFlags {
  /** Flags that a server was started with; it answers under its own. */
  private static final Set<Class<?>> OF_SERVER =
      Set.of(RoutingFlags.class, NamespaceFlags.class, ClusterDomainFlag.class);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @ArgGroup private @Nullable Where where;

  @Mixin private ReplicaFlags replicas = new ReplicaFlags();

  private static final class Where {
    @Option(
        names = "-f",
        converter = InputPath.class,
        paramLabel = "PATH",
        description =
            "A file, a folder of *.yaml, *.yml and *.json, or - for standard input; may be"
                + " repeated.")
    private List<Path> paths = List.of();

    @Option(
        names = "--admin",
        converter = ApiAddress.class,
        paramLabel = "HOST:PORT",
        description =
            "The API of a running server (serve --api), which answers under its own settings."
                + " Default: neither; all ready replicas in the cluster are asked.")
    private @Nullable URI address;
  }

  /** Whether files are asked. */
  public boolean isOffline() {
    return where != null && where.address == null;
  }

  /** Answers from where the user said; {@code -n} names the namespace of what is asked about. */
  public <T> T answer(Supplier<T> offline, Function<LiveServer, T> live) {
    return answer(new LiveFlags(spec, replicas).hint(), offline, live);
  }

  /**
   * Answers from where the user said.
   *
   * @param hint where the replicas are
   * @param offline from files
   * @param live by asking what runs, which is closed afterwards
   * @throws ParameterException when flags make no sense together
   * @throws CommandFailure when nothing that runs can be found
   */
  public <T> T answer(ReplicaFlags.Hint hint, Supplier<T> offline, Function<LiveServer, T> live) {
    if (isOffline()) {
      refuse(LiveFlags::isOfCluster, " is for a cluster: -f reads files alone");
      return offline.get();
    }
    refuse(
        option -> OF_SERVER.contains(declaredIn(option)),
        " is for -f: a running server answers under the settings it was started with");
    @Nullable URI address = where == null ? null : where.address;
    try (LiveServer server = new LiveFlags(spec, replicas).open(address, hint)) {
      return live.apply(server);
    }
  }

  /**
   * Works in the cluster itself, whose replicas would be asked.
   *
   * @throws ParameterException when files or an address are given
   * @throws CommandFailure when the cluster cannot be reached
   */
  public <T> T inCluster(ClusterAccessFlags.Work<T> work) {
    if (where != null) {
      throw new ParameterException(
          spec.commandLine(), "--pre asks the cluster itself: leave -f and --admin out");
    }
    return replicas.cluster().use(work);
  }

  private void refuse(Predicate<OptionSpec> wrong, String why) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(wrong)
        .findFirst()
        .ifPresent(option -> {
          throw new ParameterException(spec.commandLine(), option.longestName() + why);
        });
  }

  /** Returns the class whose field an option fills. */
  static @Nullable Class<?> declaredIn(OptionSpec option) {
    return option.userObject() instanceof Field field ? field.getDeclaringClass() : null;
  }

  /**
   * Returns the objects of the files that routing reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  public Manifests.Loaded load() {
    return ManifestFlags.routing(where == null ? List.of() : where.paths);
  }
}
