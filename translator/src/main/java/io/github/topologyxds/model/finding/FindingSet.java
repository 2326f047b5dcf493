package io.github.topologyxds.model.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects what is odd about one object and what belongs to it: of each reason the first findings
 * in their order, whatever the order in which they are found, and whether there are more. A Service
 * may have 20,000 ports and a slice as many that the Service does not have; what is said of them
 * must not cost more than they do.
 *
 * <p>Not thread-safe.
 */
public final class FindingSet {
  /** More than so many of one reason say nothing new. */
  public static final int OF_A_REASON = 50;

  private final ObjectReference object;
  private final Map<Reason, TreeSet<Finding>> byReason = new EnumMap<>(Reason.class);
  private final Set<Reason> more = EnumSet.noneOf(Reason.class);

  /**
   * Begins empty.
   *
   * @param object what they are about, as {@link Finding#object} has it
   */
  public FindingSet(ObjectReference object) {
    this.object = object;
  }

  /** Adds a finding; one that is there already counts once. */
  public void add(Finding finding) {
    TreeSet<Finding> same = byReason.computeIfAbsent(finding.reason(), r -> new TreeSet<>());
    same.add(finding);
    if (same.size() > OF_A_REASON) {
      same.pollLast();
      more.add(finding.reason());
    }
  }

  /** Returns the findings, sorted, without repetition. */
  public List<Finding> sorted() {
    List<Finding> sorted = new ArrayList<>();
    byReason.values().forEach(sorted::addAll);
    for (Reason reason : more) {
      sorted.add(
          Finding.of(
              reason,
              object,
              "there are more such findings about it and what belongs to it; only "
                  + OF_A_REASON
                  + " are told"));
    }
    return sorted.stream().sorted().toList();
  }
}
