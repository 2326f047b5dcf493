package io.github.topologyxds.admin;

import io.github.topologyxds.delivery.ResourceStore;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether clients are answered, and what stands in the way. A server that was ready stays ready
 * while the Kubernetes API is away: it serves what it knew last, and Kubernetes must not take the
 * last good server out of its Service.
 */
public final class Readiness {
  private final ResourceStore store;
  private final SourceHealth source;
  private volatile boolean stopping;

  public Readiness(ResourceStore store, SourceHealth source) {
    this.store = store;
    this.source = source;
  }

  /** From now on clients are to go elsewhere. Any thread. */
  public void stopping() {
    stopping = true;
  }

  /** Returns true once the first complete state is served, until the server stops. */
  boolean ready() {
    return !stopping && store.complete();
  }

  /** Returns the text of {@code /readyz}: "ok" or what is waited for, then one line per trouble. */
  String text() {
    if (stopping) {
      return "stopping\n";
    }
    List<String> lines = new ArrayList<>();
    boolean ready = ready();
    lines.add(ready ? "ok" : "waiting for the first complete state");
    for (WatchHealth watch : source.watches()) {
      if (!ready && !watch.synced()) {
        lines.add("waiting for " + name(watch) + because(watch));
      } else if (watch.stale()) {
        lines.add(
            "stale: "
                + name(watch)
                + ": not heard of for "
                + watch.silence().toSeconds()
                + " s"
                + because(watch)
                + "; what was known last is served");
      }
    }
    boolean allSynced = source.watches().stream().allMatch(WatchHealth::synced);
    if (!ready && allSynced && !source.watches().isEmpty()) {
      lines.add("the cluster has no object of any kind that is watched; is it the right one?");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String name(WatchHealth watch) {
    return watch.kind().label()
        + (watch.namespace().isEmpty() ? "" : " in namespace " + watch.namespace());
  }

  private static String because(WatchHealth watch) {
    return watch.trouble().isEmpty() ? "" : " (" + watch.trouble() + ")";
  }
}
