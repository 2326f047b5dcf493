package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource that a client refuses, and keeps it from the client until its content changes.
 *
 * <p>A NACK names no resource, and with most defects Envoy applies nothing of a response that holds
 * one bad resource: all Services of that push would freeze. So a refused response is sent again in
 * halves, one at a time, until the bad one stands alone. What we send is valid by construction;
 * this is for what we do not know of.
 *
 * <p>Owner: the stream's thread.
 */
final class Quarantine {
  /** A client that refuses everything must not make us remember everything. */
  private static final int REMEMBERED = 8;

  private final Map<String, Set<String>> refused = new HashMap<>();
  private final Deque<Set<String>> trials = new ArrayDeque<>();

  /** Returns which names the next response may bring up to date; null: all of them. */
  @Nullable Set<String> onTrial() {
    return trials.peek();
  }

  /** True when the client has refused this very content. */
  boolean refuses(XdsResource resource) {
    Set<String> versions = refused.get(resource.name());
    return versions != null && versions.contains(resource.version());
  }

  /** Returns the names whose content of now the client has refused, sorted. */
  List<String> inForce(Function<String, @Nullable XdsResource> now) {
    List<String> names = new ArrayList<>();
    for (String name : refused.keySet()) {
      XdsResource resource = now.apply(name);
      if (resource != null && refuses(resource)) {
        names.add(name);
      }
    }
    Collections.sort(names);
    return names;
  }

  /** The trial went well, or there was nothing in it. */
  void trialOver() {
    trials.poll();
  }

  /**
   * The client has refused a response.
   *
   * @param fresh what was new to the client in it
   */
  void onNack(Collection<XdsResource> fresh) {
    trials.poll();
    if (fresh.size() == 1) {
      XdsResource bad = fresh.iterator().next();
      Set<String> versions = refused.computeIfAbsent(bad.name(), name -> new HashSet<>());
      if (versions.size() >= REMEMBERED) {
        versions.clear();
      }
      versions.add(bad.version());
      return;
    }
    List<String> names = new ArrayList<>();
    fresh.forEach(resource -> names.add(resource.name()));
    int half = names.size() / 2;
    trials.push(new HashSet<>(names.subList(half, names.size())));
    trials.push(new HashSet<>(names.subList(0, half)));
  }

  /** The client does not want this resource any more. */
  void forget(String name) {
    refused.remove(name);
  }
}
