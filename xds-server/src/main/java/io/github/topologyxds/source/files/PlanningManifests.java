package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.slices.ClusterPlanner;
import io.github.topologyxds.source.manifests.ManifestContent;
import io.github.topologyxds.source.manifests.ManifestContent.Outcome;
import io.github.topologyxds.source.manifests.ObjectMerge;
import io.github.topologyxds.source.manifests.PlanningTarget;
import io.github.topologyxds.state.SourceException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Reads manifests once for planning ({@code plan -f}), by the rules of {@link Manifests}. */
public final class PlanningManifests {
  private PlanningManifests() {}

  /**
   * What stands in the files.
   *
   * @param findings sorted
   * @param unusable whether nothing at all could be read, but something was there
   */
  public record Loaded(ClusterPlanner.World world, List<Finding> findings, boolean unusable) {
    public Loaded {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads files, and the manifests directly in folders, in the order of their names.
   *
   * @throws SourceException when a path does not exist or cannot be opened
   */
  public static Loaded load(List<Path> paths) throws SourceException {
    PlanningTarget target = new PlanningTarget();
    ObjectMerge folders = new ObjectMerge();
    TreeSet<Finding> findings = new TreeSet<>();
    int files = 0;
    int failed = 0;
    for (Path file : Manifests.files(paths, folders)) {
      Reading reading = Manifests.read(file, paths);
      if (!reading.read()) {
        throw new SourceException("cannot read " + file + ": " + reading.fault());
      }
      ManifestContent content = reading.content(target);
      findings.addAll(content.findings());
      files++;
      failed += content.outcome() == Outcome.UNUSABLE ? 1 : 0;
    }
    findings.addAll(folders.findings());
    return new Loaded(target.world(), List.copyOf(findings), files > 0 && failed == files);
  }
}
