package io.github.topologyxds.cli;

import io.github.topologyxds.source.files.Manifests;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a command's answer comes from: files, or a running server. */
final class WhereFlags {
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

  /** Returns the server that is asked; empty: files are. */
  Optional<LiveServer> server() {
    return Optional.ofNullable(where.address).map(LiveServer::new);
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
