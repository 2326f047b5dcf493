package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.source.files.PlanningManifests;
import io.github.topologyxds.state.SourceException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command that runs without a cluster reads its objects from. */
public final class ManifestFlags {
  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, folders of *.yaml, *.yml and *.json, or - for standard input.")
  private List<Path> paths = List.of();

  /**
   * Returns the objects that routing reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  public Manifests.Loaded routing() {
    return routing(paths);
  }

  /**
   * Returns the objects of these files that routing reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  public static Manifests.Loaded routing(List<Path> paths) {
    try {
      Manifests.Loaded loaded = Manifests.load(paths);
      if (loaded.objects().isEmpty() && !loaded.failed().isEmpty()) {
        throw unusable(loaded.findings());
      }
      return loaded;
    } catch (SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the objects that planning of slices reads.
   *
   * @throws CommandFailure when a path cannot be read, or nothing in any of them
   */
  public PlanningManifests.Loaded planning() {
    try {
      PlanningManifests.Loaded loaded = PlanningManifests.load(paths);
      if (loaded.unusable()) {
        throw unusable(loaded.findings());
      }
      return loaded;
    } catch (SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandFailure unusable(List<Finding> findings) {
    Finding first = findings.getFirst();
    return new CommandFailure(first.object() + ": " + first.message());
  }
}
