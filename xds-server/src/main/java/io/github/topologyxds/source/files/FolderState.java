package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ModelObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a folder says as a whole.
 *
 * @param objects by key, each key once
 * @param findings sorted, each once
 */
public record FolderState(SortedMap<ObjectKey, ModelObject> objects, List<Finding> findings) {
  public FolderState {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    findings = List.copyOf(findings);
  }
}
