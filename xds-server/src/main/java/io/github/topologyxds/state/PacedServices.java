package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which specification of each Service is in force. A new cluster, or a new domain, means new routes
 * for every client: half a megabyte of 1,000 Services. One Service that is created and deleted ten
 * times a second must not make that ten times a second. So each Namespace may bring such additions
 * in a burst of batches, and then once a second, all at once; until then the specification before
 * is in force, or none.
 *
 * <p>Nothing else waits: not what takes something away, nor anything about endpoints, Nodes and
 * preferences, for a Service that is held back neither. A specification that takes away and adds at
 * once, as a renamed port does, waits as a whole: it is made before it is broken.
 *
 * <p>A pure decision: the caller brings the time ({@link System#nanoTime}). Owner: the state
 * thread.
 */
public final class PacedServices {
  /** So many batches with additions a Namespace may bring at once. */
  static final int BURST = 10;

  /** Namespaces above their bursts go together, so that many make no more of it than one. */
  static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<ObjectName, ServiceModel> inForce = new HashMap<>();
  private final Map<String, TreeSet<ObjectName>> held = new HashMap<>();
  private final Map<String, Credit> credits = new HashMap<>();

  /** Namespaces whose additions go out with this batch. */
  private final Set<String> granted = new HashSet<>();

  private long now;
  private long nextTick;
  private boolean unpaced;

  /**
   * How much of its burst a Namespace has left.
   *
   * @param batches at that time
   */
  private record Credit(int batches, long since) {
    Credit at(long now) {
      long regained = (now - since) / TICK_NANOS;
      return new Credit((int) Math.min(BURST, batches + regained), since + regained * TICK_NANOS);
    }
  }

  /**
   * Begins a batch.
   *
   * @return Services that were held back and are due now
   */
  public Set<ObjectName> begin(long nanos) {
    now = nanos;
    unpaced = false;
    granted.clear();
    credits.replaceAll((namespace, credit) -> credit.at(now));
    credits.values().removeIf(credit -> credit.batches() >= BURST);
    Set<ObjectName> due = new TreeSet<>();
    if (!held.isEmpty() && now - nextTick >= 0) {
      held.forEach((namespace, services) -> {
        granted.add(namespace);
        charge(namespace);
        due.addAll(services);
      });
      held.clear();
    }
    return due;
  }

  /** Until the next batch nothing waits: clients have nothing yet, so nothing is an addition. */
  public void allAtOnce() {
    unpaced = true;
  }

  /** Returns the specification that is in force from now on; null: none yet. */
  public @Nullable ServiceModel take(ServiceModel wanted) {
    ObjectName name = wanted.name();
    ServiceModel before = inForce.get(name);
    if (unpaced || !Offer.adds(before, wanted) || grants(name.namespace())) {
      forget(name);
      inForce.put(name, wanted);
      return wanted;
    }
    if (held.isEmpty()) {
      nextTick = now + TICK_NANOS;
    }
    held.computeIfAbsent(name.namespace(), namespace -> new TreeSet<>()).add(name);
    return before;
  }

  /** A Service is gone, or is not served. */
  public void gone(ObjectName name) {
    inForce.remove(name);
    forget(name);
  }

  private void forget(ObjectName name) {
    held.computeIfPresent(
        name.namespace(),
        (namespace, services) -> {
          services.remove(name);
          return services.isEmpty() ? null : services;
        });
  }

  private boolean grants(String namespace) {
    if (granted.contains(namespace)) {
      return true;
    }
    Credit credit = credits.getOrDefault(namespace, new Credit(BURST, now));
    if (credit.batches() == 0 || held.containsKey(namespace)) {
      return false;
    }
    granted.add(namespace);
    charge(namespace);
    return true;
  }

  private void charge(String namespace) {
    Credit credit = credits.getOrDefault(namespace, new Credit(BURST, now));
    credits.put(namespace, new Credit(Math.max(0, credit.batches() - 1), credit.since()));
  }

  /** Returns after how many nanoseconds something held back is due; empty when nothing is. */
  public OptionalLong untilDue(long nanos) {
    return held.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, nextTick - nanos));
  }
}
