package io.github.topologyxds.subscription;

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
public final class DirtyNames {
  /** The list may hold so many times what is dirty, and a few more, before it is looked through. */
  private static final int SLACK = 4;

  private static final int FEW = 64;

  private final ClientState holdings;
  private List<Subscribers> list = new ArrayList<>();
  private int count;

  DirtyNames(ClientState holdings) {
    this.holdings = holdings;
  }

  /** These are, and are marked. */
  void startAs(List<Subscribers> due) {
    list = new ArrayList<>(due);
    count = due.size();
  }

  void add(Subscribers topic) {
    if (!holdings.is(topic, ClientStateTable.DIRTY)) {
      holdings.mark(topic, ClientStateTable.DIRTY);
      list.add(topic);
      count++;
      if (list.size() > SLACK * count + FEW) {
        // Names come and go while a response is open.
        list = new ArrayList<>(distinct());
      }
    }
  }

  /** It is not dirty any more, if it was. */
  void clean(Subscribers topic) {
    if (holdings.unmark(topic, ClientStateTable.DIRTY)) {
      count--;
    }
  }

  public int count() {
    return count;
  }

  /** Returns how long the list is. */
  public int listed() {
    return list.size();
  }

  /** Returns the names, each once. */
  List<Subscribers> names() {
    return List.copyOf(distinct());
  }

  private Set<Subscribers> distinct() {
    Set<Subscribers> names = new LinkedHashSet<>(list);
    names.removeIf(topic -> !holdings.is(topic, ClientStateTable.DIRTY));
    return names;
  }

  /** Returns what may be brought up to date now, sorted; it is clean then. */
  public List<Subscribers> take(Predicate<Subscribers> mayChange) {
    List<Subscribers> candidates = list;
    list = new ArrayList<>();
    // All clients must get the same order: then they share one encoded response.
    candidates.sort(Comparator.comparing(Subscribers::name));
    List<Subscribers> taken = new ArrayList<>();
    Subscribers last = null;
    for (Subscribers topic : candidates) {
      if (topic == last || !holdings.is(topic, ClientStateTable.DIRTY)) {
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
