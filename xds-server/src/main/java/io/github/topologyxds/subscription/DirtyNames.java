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

  private final ClientState state;
  private List<Subscribers> list = new ArrayList<>();
  private int count;

  DirtyNames(ClientState state) {
    this.state = state;
  }

  /** These are, and are marked. */
  void startAs(List<Subscribers> due) {
    list = new ArrayList<>(due);
    count = due.size();
  }

  void add(Subscribers entry) {
    if (!state.is(entry, ClientStateTable.DIRTY)) {
      state.mark(entry, ClientStateTable.DIRTY);
      list.add(entry);
      count++;
      if (list.size() > SLACK * count + FEW) {
        // Names come and go while a response is open.
        list = new ArrayList<>(distinct());
      }
    }
  }

  /** It is not dirty any more, if it was. */
  void clean(Subscribers entry) {
    if (state.unmark(entry, ClientStateTable.DIRTY)) {
      count--;
    }
  }

  /** Returns how many names are dirty. */
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
    names.removeIf(entry -> !state.is(entry, ClientStateTable.DIRTY));
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
    for (Subscribers entry : candidates) {
      if (entry == last || !state.is(entry, ClientStateTable.DIRTY)) {
        continue;
      }
      last = entry;
      if (mayChange.test(entry)) {
        clean(entry);
        taken.add(entry);
      } else {
        list.add(entry);
      }
    }
    return taken;
  }
}
