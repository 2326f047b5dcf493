package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.finding.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is odd about ExternalWorkloads and Endpoints as they were read, told to the Services that
 * get endpoints from them. Every replica tells it: equal Events are taken once.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class ReadFindings {
  private final PlanningWorld world;
  private final WriterMetrics metrics;
  private final EventRecorder recorder;
  private List<Finding> standing = List.of();

  ReadFindings(PlanningWorld world, WriterMetrics metrics, EventRecorder recorder) {
    this.world = world;
    this.metrics = metrics;
    this.recorder = recorder;
  }

  /** The findings of the source are these from now on; the world is that of the same batch. */
  void replace(List<Finding> now) {
    if (now.equals(standing)) {
      return;
    }
    Set<Finding> known = new HashSet<>(standing);
    metrics.read(standing, now);
    standing = now;
    now.stream()
        .filter(finding -> !known.contains(finding))
        .forEach(finding -> recorder.read(finding, world.fedBy(finding.object())));
  }
}
