package io.github.topologyxds.cli;

import io.github.topologyxds.source.files.Manifests;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f} of a command that has a parameter as well, which several paths would swallow. */
final class InputFiles {
  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      paramLabel = "PATH",
      description =
          "A file, a folder of *.yaml, *.yml and *.json, or - for standard input; may be repeated.")
  private List<Path> paths = List.of();

  /**
   * Returns the objects that routing reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  Manifests.Loaded load() {
    return ManifestFlags.routing(paths);
  }
}
