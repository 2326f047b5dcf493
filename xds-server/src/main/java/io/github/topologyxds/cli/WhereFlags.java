package io.github.topologyxds.cli;

import io.github.topologyxds.source.files.Manifests;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command's answer comes from: files, or a running server. */
final class WhereFlags {
  /** Flags that a server was started with; it answers under its own. */
  private static final Set<Class<?>> OF_SERVER =
      Set.of(RoutingFlags.class, ClusterDomainFlag.class);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

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
            "The API of a running server (serve --api), which answers under its own settings.")
    private @Nullable URI address;
  }

  /**
   * Returns the server that is asked; empty: files are.
   *
   * @throws ParameterException when it is asked under other settings than its own
   */
  Optional<LiveServer> server() {
    if (where.address == null) {
      return Optional.empty();
    }
    spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(WhereFlags::isOfServer)
        .findFirst()
        .ifPresent(option -> {
          throw new ParameterException(
              spec.commandLine(),
              option.longestName()
                  + " is for -f: a running server answers under the settings it was started with");
        });
    return Optional.of(new LiveServer(where.address));
  }

  private static boolean isOfServer(OptionSpec option) {
    return option.userObject() instanceof Field field
        && OF_SERVER.contains(field.getDeclaringClass());
  }

  /**
   * Returns the objects of the files that routing reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  Manifests.Loaded load() {
    return ManifestFlags.routing(where.paths);
  }
}
