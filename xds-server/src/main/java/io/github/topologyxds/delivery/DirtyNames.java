package io.github.topologyxds.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names of which a client may not have what there is. The mark stands with the name; here is
 * the list of those that are marked, so that what is due costs what has changed.
 *
 * <p>Owner: the stream's thread.
 */
final class DirtyNames {
  /** The list may hold so many times what is dirty, and a few more, before it is looked through. */
  private static final int SLACK = 4;

  private static final int FEW = 64;

  private final ClientHoldings holdings;
  private List<Topic> list = new ArrayList<>();
  private int count;

  DirtyNames(ClientHoldings holdings) {
    this.holdings = holdings;
  }

  /** These are, and are marked. */
  void startAs(List<Topic> due) {
    list = new ArrayList<>(due);
    count = due.size();
  }

  void add(Topic topic) {
    if (!holdings.is(topic, NameTable.DIRTY)) {
      holdings.mark(topic, NameTable.DIRTY);
      list.add(topic);
      count++;
      if (list.size() > SLACK * count + FEW) {
        // Names come and go while a response is open.
        list = new ArrayList<>(distinct());
      }
    }
  }

  /** It is not dirty any more, if it was. */
  void clean(Topic topic) {
    if (holdings.unmark(topic, NameTable.DIRTY)) {
      count--;
    }
  }

  int count() {
    return count;
  }

  /** Returns how long the list is. */
  int listed() {
    return list.size();
  }

  /** Returns the names, each once. */
  List<Topic> names() {
    return List.copyOf(distinct());
  }

  private Set<Topic> distinct() {
    Set<Topic> names = new LinkedHashSet<>(list);
    names.removeIf(topic -> !holdings.is(topic, NameTable.DIRTY));
    return names;
  }

  /** Returns what may be brought up to date now, sorted; it is clean then. */
  List<Topic> take(Predicate<Topic> mayChange) {
    List<Topic> candidates = list;
    list = new ArrayList<>();
    // All clients must get the same order: then they share one encoded response.
    candidates.sort(Comparator.comparing(Topic::name));
    List<Topic> taken = new ArrayList<>();
    Topic last = null;
    for (Topic topic : candidates) {
      if (topic == last || !holdings.is(topic, NameTable.DIRTY)) {
        continue;
      }
      last = topic;
      if (mayChange.test(topic)) {
        clean(topic);
        taken.add(topic);
      } else {
        list.add(topic);
      }
    }
    return taken;
  }
}
