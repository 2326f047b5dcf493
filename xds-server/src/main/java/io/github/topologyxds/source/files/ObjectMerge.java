package io.github.topologyxds.source.files;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.source.files.ManifestContent.Located;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of several files as one state: each key once, the first file's wins.
 *
 * @param findings sorted, each once
 */
public record ObjectMerge(SortedMap<ObjectKey, ModelObject> objects, List<Finding> findings) {
  static final ObjectMerge EMPTY = new ObjectMerge(Collections.emptySortedMap(), List.of());

  /**
   * What one file brings; the order of the files decides who wins.
   *
   * @param former what stood in the file before it broke: counts where no file has the object now
   */
  record Part(List<Located> objects, List<Located> former, List<Finding> findings) {
    /** A file that is as it should be, or is read for the first time. */
    Part(List<Located> objects, List<Finding> findings) {
      this(objects, List.of(), findings);
    }
  }

  static ObjectMerge of(Collection<Part> files) {
    SortedMap<ObjectKey, Located> winners = new TreeMap<>();
    TreeSet<Finding> findings = new TreeSet<>();
    for (Part file : files) {
      findings.addAll(file.findings());
      for (Located located : file.objects()) {
        Located winner = winners.putIfAbsent(located.object().key(), located);
        if (winner != null) {
          findings.add(duplicate(winner, located));
        }
      }
    }
    for (Part file : files) {
      file.former().forEach(located -> winners.putIfAbsent(located.object().key(), located));
    }
    SortedMap<ObjectKey, ModelObject> objects = new TreeMap<>();
    winners.forEach((key, located) -> objects.put(key, located.object()));
    return new ObjectMerge(Collections.unmodifiableSortedMap(objects), List.copyOf(findings));
  }

  /** Returns the same with one more finding; another one about the same thing gives way to it. */
  ObjectMerge withFinding(Finding finding) {
    TreeSet<Finding> more = new TreeSet<>(findings);
    more.removeIf(other -> other.object().equals(finding.object()));
    more.add(finding);
    return new ObjectMerge(objects, List.copyOf(more));
  }

  /** Returns what leads from an older state to this one, sorted by key. */
  List<ObjectChange> changesSince(ObjectMerge before) {
    SortedMap<ObjectKey, ObjectChange> changes = new TreeMap<>();
    for (ObjectKey key : before.objects.keySet()) {
      if (!objects.containsKey(key)) {
        changes.put(key, new ObjectChange.Delete(key));
      }
    }
    objects.forEach((key, object) -> {
      if (!object.equals(before.objects.get(key))) {
        changes.put(key, new ObjectChange.Put(object));
      }
    });
    return new ArrayList<>(changes.values());
  }

  private static Finding duplicate(Located winner, Located loser) {
    return Finding.of(
        Reason.OBJECT_DUPLICATE,
        loser.object().key(),
        "it stands in " + winner.place() + " and in " + loser.place() + "; the first one counts");
  }
}
