package io.github.topologyxds.resources;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients of one kind get of one {@link ResourceType}. Has no state of its own; is called on
 * any thread that owns a client, for each name that may have changed: a look-up makes no garbage.
 */
interface TypeResources {
  /** On what of a client its resources depend, beside its kind and the names that it asks for. */
  enum Dependence {
    /** On nothing but the Services that it calls. */
    SCOPE,
    /** On that, and on from where it looks: they may be others when its Node changes. */
    PLACE,
    /** On more that the client tells of itself. */
    CLIENT
  }

  /** Returns on what of a client its resources of this type depend. */
  Dependence dependence();

  /** Returns the names that a wildcard subscription covers now; empty where there is none. */
  Set<String> names(Client client);

  /** Returns whether a wildcard subscription covers a resource of this name. */
  boolean covers(Client client, String name);

  /** Returns a resource as it is now; null when there is none of that name. */
  @Nullable XdsResource get(Client client, String name);

  /** Returns whether they hold routes, and so may be others whenever any route is. */
  default boolean isMadeOfRoutes() {
    return false;
  }

  /** Returns the cluster that the resource of this name leads to; null: to none, or to many. */
  default @Nullable String leadsTo(Client client, String name) {
    return null;
  }

  /**
   * Returns whether the load assignments that its clusters need are sent right behind them, asked
   * for or not: several clusters may share one, and Envoy asks for it once. While a cluster waits
   * for its assignment, Envoy takes no other cluster.
   */
  default boolean bringsAssignments() {
    return false;
  }

  /**
   * Returns whether a name that there is nothing for is not remembered: clients make up any number
   * of them, and hear of no later change.
   */
  default boolean forgets(String name) {
    return false;
  }

  /**
   * Returns which resources that a client brings from an earlier stream are left to it, although
   * they are none of its kind: it was of another kind there, and what it was given may still be in
   * use. They are neither sent nor removed.
   *
   * @param brought the names of all that it brings of the type
   */
  default Set<String> leaves(Client client, Set<String> brought) {
    return Set.of();
  }

  /** Returns the load assignment of the cluster of this name; null: it has none. */
  default @Nullable String assignmentOf(Client client, String name) {
    return name;
  }

  /**
   * Returns what a client may have instead of a resource that it refuses, and of which it has none
   * before; null: nothing.
   */
  default @Nullable XdsResource standIn(String name) {
    return null;
  }
}
