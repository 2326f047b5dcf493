package io.github.topologyxds.subscription;

import io.github.topologyxds.subscription.HeldResource.Progress;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.xds.resource.KnownResource;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of one type, resource by resource, for those who look: nothing here changes
 * anything.
 *
 * <p>Owner: the stream's thread.
 */
public final class HeldResources {
  private final SubscriptionContext context;
  private final ClientState state;
  private final Quarantine quarantine;
  private final @Nullable FirstRequest first;

  /**
   * Looks at a subscription.
   *
   * @param first the request of which nothing has been looked at yet; null: there is none
   */
  HeldResources(
      SubscriptionContext context,
      ClientState state,
      Quarantine quarantine,
      @Nullable FirstRequest first) {
    this.context = context;
    this.state = state;
    this.quarantine = quarantine;
    this.first = first;
  }

  /** Returns the names that the client asks for, is told of, or has, sorted. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    if (first != null) {
      names.addAll(first.names());
      if (first.isForAll()) {
        names.addAll(context.resources().names(context.type()));
      }
    }
    state.each(entry -> names.add(entry.name()));
    // Of what a client refused and wants by a wildcard nothing else is known.
    names.addAll(quarantined());
    return names;
  }

  /** Returns the names whose content of now the client has refused, sorted. */
  public List<String> quarantined() {
    return quarantine.inForce(name -> context.resources().get(context.type(), name));
  }

  /** Returns how far these have got; costs a look-up each, and one of all that is under way. */
  public List<HeldResource> of(Collection<String> names) {
    Map<String, Before> underWay = underWay();
    List<HeldResource> held = new ArrayList<>(names.size());
    names.forEach(name -> held.add(of(name, underWay.get(name))));
    return held;
  }

  /** What the client had of a name before the response that it has not answered. */
  private record Before(@Nullable KnownResource had) {}

  private Map<String, Before> underWay() {
    Map<String, Before> before = new HashMap<>();
    UnackedResponse open = state.unacked();
    if (open != null) {
      for (int i = 0; i < open.fresh().size(); i++) {
        before.put(open.fresh().get(i).name(), new Before(open.before(i)));
      }
      open.removed().forEach(gone -> before.put(gone.name(), new Before(gone.had())));
    }
    return before;
  }

  private HeldResource of(String name, @Nullable Before before) {
    Subscribers entry = state.find(name);
    KnownResource has = entry == null ? null : state.known(entry);
    if (entry != null && state.is(entry, ClientStateTable.KEPT)) {
      XdsResource kept = has instanceof XdsResource known ? known : null;
      return new HeldResource(name, kept, has, Progress.ACCEPTED);
    }
    XdsResource latest = context.resources().get(context.type(), name);
    KnownResource accepted = before == null ? has : before.had();
    return new HeldResource(name, latest, accepted, progress(latest, has, before));
  }

  private Progress progress(
      @Nullable XdsResource latest, @Nullable KnownResource has, @Nullable Before before) {
    if (latest != null && quarantine.refuses(latest)) {
      return Progress.REFUSED;
    }
    boolean hasLatest =
        latest == null ? has == KnownResource.Absent.ABSENT : has != null && has.isSameAs(latest);
    if (!hasLatest) {
      return Progress.DUE;
    }
    return before == null ? Progress.ACCEPTED : Progress.SENT;
  }
}
