package io.github.topologyxds.pipeline;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What a batch says of its source and of Services, by who has found it. */
final class SourceFindings {
  private static final Subject SOURCE = new Subject(Finder.SOURCE, "");
  private static final Subject SNAPSHOT = new Subject(Finder.SNAPSHOT, "");

  private SourceFindings() {}

  /** That a former state is served stands until the source has one of its own. */
  static Map<Subject, List<Finding>> of(StateChange change) {
    return switch (change) {
      case StateChange.Everything all -> Map.of(SOURCE, all.findings(), SNAPSHOT, List.of());
      case StateChange.Difference some -> Map.of(SOURCE, some.findings());
      case StateChange.Restored restored -> Map.of(SNAPSHOT, restored.findings());
      case StateChange.Withdrawn withdrawn -> Map.of(SNAPSHOT, withdrawn.findings());
    };
  }

  /** A Service was translated, or is gone: its findings are these now, and no defect stands. */
  static void translated(
      ObjectName service, List<Finding> now, SortedMap<Subject, List<Finding>> found) {
    found.put(new Subject(Finder.TRANSLATION, service.toString()), now);
    found.put(new Subject(Finder.DEFECT, service.toString()), List.of());
  }
}
