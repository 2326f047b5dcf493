package io.github.topologyxds.cli;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.source.SourceException;
import io.github.topologyxds.source.files.Manifests;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f}: the files that an offline command reads. */
final class InputFiles {
  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      paramLabel = "PATH",
      description =
          "A file, a folder of *.yaml, *.yml and *.json, or - for standard input; may be repeated.")
  private List<Path> paths = List.of();

  /** Reads the files once; what is no manifest at all fails the command. */
  Manifests.Loaded load() {
    return load(paths);
  }

  static Manifests.Loaded load(List<Path> paths) {
    Manifests.Loaded loaded;
    try {
      loaded = Manifests.load(paths);
    } catch (SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    if (loaded.objects().isEmpty() && !loaded.failed().isEmpty()) {
      Finding first = loaded.findings().getFirst();
      throw new CommandFailure(first.object() + ": " + first.message());
    }
    return loaded;
  }
}
