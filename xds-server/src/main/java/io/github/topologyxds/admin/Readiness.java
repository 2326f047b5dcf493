package io.github.topologyxds.admin;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether clients are answered, and what stands in the way. A server that was ready stays ready
 * while the Kubernetes API is away: it serves what it knew last, and Kubernetes must not take the
 * last good server out of its Service.
 */
public final class Readiness {
  private final ResourceStore store;
  private final SourceHealth source;
  private volatile SourceHealth planning = SourceHealth.NO_WATCHES;
  private volatile Supplier<List<String>> writing = List::of;
  private volatile Supplier<List<String>> snapshot = List::of;
  private volatile Supplier<Optional<String>> waitsFor = Optional::empty;
  private volatile boolean stopping;

  /** The readiness of a server with this source. */
  public Readiness(ResourceStore store, SourceHealth source) {
    this.store = store;
    this.source = source;
  }

  /** Names what EndpointSlices of our own wait for, too; clients are served whether or not. */
  public void planning(SourceHealth health, Supplier<List<String>> troubles) {
    planning = health;
    writing = troubles;
  }

  /** Tells, too, whether a snapshot is served. */
  public void snapshot(Supplier<List<String>> lines) {
    snapshot = lines;
  }

  /** Names what clients must wait for besides the state: while it is not empty, none are let in. */
  public void waitingFor(Supplier<Optional<String>> what) {
    waitsFor = what;
  }

  /** From now on clients are to go elsewhere. Any thread. */
  public void stopping() {
    stopping = true;
  }

  /** Returns true once the first complete state is served, until the server stops. */
  public boolean ready() {
    return !stopping && store.complete() && waitsFor.get().isEmpty();
  }

  /** Returns the text of {@code /readyz}: "ok" or what is waited for, then one line per trouble. */
  String text() {
    List<String> lines = new ArrayList<>(troubles());
    if (ready()) {
      lines.addFirst("ok");
    }
    return String.join("\n", lines) + "\n";
  }

  /** Returns what is waited for, then one line for each trouble; none when all is well. */
  public List<String> troubles() {
    if (stopping) {
      return List.of("stopping");
    }
    List<String> lines = new ArrayList<>();
    boolean ready = ready();
    if (!ready) {
      waitsFor.get().ifPresent(lines::add);
      if (!store.complete()) {
        lines.add("waiting for the first complete state");
      }
    }
    lines.addAll(snapshot.get());
    for (WatchHealth watch : source.watches()) {
      if (!ready && !watch.synced()) {
        lines.add("waiting for " + name(watch) + because(watch));
      } else if (watch.stale()) {
        lines.add("stale: " + silent(watch) + "; what was known last is served");
      }
    }
    for (WatchHealth watch : planning.watches()) {
      if (!watch.synced()) {
        lines.add("no EndpointSlice is written: waiting for " + name(watch) + because(watch));
      } else if (watch.stale()) {
        lines.add("stale for writing EndpointSlices: " + silent(watch));
      }
    }
    lines.addAll(writing.get());
    lines.addAll(source.troubles());
    boolean allSynced = source.watches().stream().allMatch(WatchHealth::synced);
    if (!ready && allSynced && !source.watches().isEmpty()) {
      lines.add("the cluster has no object of any kind that is watched; is it the right one?");
    }
    return lines;
  }

  private static String name(WatchHealth watch) {
    return watch.kind().label()
        + (watch.namespace().isEmpty() ? "" : " in namespace " + watch.namespace());
  }

  private static String silent(WatchHealth watch) {
    long seconds = watch.silence().toSeconds();
    return name(watch) + ": not heard of for " + seconds + " s" + because(watch);
  }

  private static String because(WatchHealth watch) {
    return watch.trouble().isEmpty() ? "" : " (" + watch.trouble() + ")";
  }
}
