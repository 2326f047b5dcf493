package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.ForeignSlices;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of slices under our managed-by that are not ours. Anybody may make and change them, so that
 * they are looked at once a second and told of once a minute at most.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class ForeignSliceReports {
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
  private static final long TELL_EVERY = Duration.ofMinutes(1).toNanos();

  private final ForeignSlices findings;
  private final WriterMetrics metrics;
  private final EventRecorder recorder;
  private final Map<Reason, Long> toldAt = new EnumMap<>(Reason.class);
  private List<Finding> standing = List.of();
  private List<Finding> untold = List.of();
  private boolean changed;
  private long nextLook;

  ForeignSliceReports(PlannerSettings settings, WriterMetrics metrics, EventRecorder recorder) {
    this.findings = new ForeignSlices(settings);
    this.metrics = metrics;
    this.recorder = recorder;
  }

  /** Some slice is new, different or gone. */
  void changed() {
    changed = true;
  }

  /** Looks at them, if it is time. */
  void look(SliceIndex slices, long now) {
    if (nextLook != 0 && now - nextLook < 0) {
      return;
    }
    nextLook = now + LOOK_EVERY;
    if (changed) {
      changed = false;
      replace(slices.foreign());
    }
    untold = untold.stream().filter(finding -> !tell(finding, slices, now)).toList();
  }

  private void replace(Collection<ObservedSlice> foreign) {
    List<Finding> now = findings.findings(foreign);
    if (!now.equals(standing)) {
      metrics.read(standing, now);
      untold = now.stream().filter(finding -> !standing.contains(finding)).toList();
      standing = now;
    }
  }

  private boolean tell(Finding finding, SliceIndex slices, long now) {
    Long told = toldAt.get(finding.reason());
    if (told != null && now - told < TELL_EVERY) {
      return false;
    }
    toldAt.put(finding.reason(), now);
    recorder.read(finding, slices.servicesOfForeign(finding.object()));
    return true;
  }
}
