package io.github.topologyxds.delivery;

import io.github.topologyxds.xds.XdsResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of one type, as far as we know: the version of each resource, the content that
 * it last accepted, and the response that it has not answered yet, which counts as accepted until
 * it is refused.
 *
 * <p>Owner: the stream's thread.
 */
final class ClientHoldings {
  /** The version of a resource that the client has been told does not exist. */
  private static final String ABSENT = "";

  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, XdsResource> accepted = new HashMap<>();
  private @Nullable OpenResponse open;

  /**
   * The response that the client has not answered yet.
   *
   * @param fresh what is new to the client in it
   * @param before the versions that it replaces
   * @param awaited what the client waits for whatever its version
   */
  record OpenResponse(
      Map<String, XdsResource> fresh, Map<String, String> before, Set<String> awaited) {}

  /** The client had these versions from an earlier stream. */
  void startFrom(Map<String, String> known) {
    versions.putAll(known);
  }

  /** Returns the names of all that the client has, or has been told to be absent. */
  Set<String> names() {
    return Set.copyOf(versions.keySet());
  }

  boolean has(XdsResource resource) {
    return resource.version().equals(versions.get(resource.name()));
  }

  boolean hasSome(String name) {
    String version = versions.get(name);
    return version != null && !version.equals(ABSENT);
  }

  /** True when the client has the resource, or has been told that there is none. */
  boolean knows(String name) {
    return versions.containsKey(name);
  }

  @Nullable XdsResource accepted(String name) {
    return accepted.get(name);
  }

  /** The client is told that there is no such resource. */
  void absent(String name) {
    accepted.remove(name);
    versions.put(name, ABSENT);
  }

  /** The client does not have it, and need not be told. */
  void forget(String name) {
    versions.remove(name);
    accepted.remove(name);
  }

  /** The client drops everything else. */
  void retain(Collection<String> names) {
    versions.keySet().retainAll(names);
    accepted.keySet().retainAll(names);
  }

  @Nullable OpenResponse open() {
    return open;
  }

  /** A response goes out. */
  void opened(Map<String, XdsResource> fresh, Set<String> awaited) {
    Map<String, String> before = new HashMap<>();
    fresh.forEach((name, resource) -> {
      String had = versions.put(name, resource.version());
      if (had != null) {
        before.put(name, had);
      }
    });
    open = new OpenResponse(fresh, before, awaited);
  }

  /** The client has accepted the open response. */
  void acknowledged() {
    if (open != null) {
      open.fresh()
          .forEach((name, resource) -> {
            // It may have unsubscribed meanwhile.
            if (versions.containsKey(name)) {
              accepted.put(name, resource);
            }
          });
      open = null;
    }
  }

  /** The client has refused the open response: it has what it had before. */
  void refused() {
    if (open != null) {
      OpenResponse refused = open;
      open = null;
      for (String name : refused.fresh().keySet()) {
        String before = refused.before().get(name);
        if (versions.containsKey(name) && before != null) {
          versions.put(name, before);
        } else {
          versions.remove(name);
        }
      }
    }
  }
}
