package io.github.topologyxds.session.order;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The load assignments of a client whose clusters share some: each is sent right behind every
 * cluster that needs it, asked for or not. Envoy asks for an assignment once, and takes no other
 * cluster while one waits; a single one that is held back would cost all new names a timeout each
 * (measured). So there is nothing between the two: clusters wait until their assignments can be
 * sent as well, and then back pressure holds these no more.
 *
 * <p>Owner: the stream's thread.
 */
public final class AssignmentsBehind {
  private final Map<ResourceType, Subscription> subscriptions;
  private final ClientResources resources;
  private final Function<ResourceType, Subscription> empty;
  private boolean owed;
  private boolean clustersOwed;

  /**
   * Owes nothing yet.
   *
   * @param subscriptions the stream's, to be added to
   * @param empty makes one that is in the index
   */
  public AssignmentsBehind(
      Map<ResourceType, Subscription> subscriptions,
      ClientResources resources,
      Function<ResourceType, Subscription> empty) {
    this.subscriptions = subscriptions;
    this.resources = resources;
    this.empty = empty;
  }

  /** Returns whether the client is one whose clusters bring their assignments. */
  public boolean isNeeded() {
    return resources.bringsAssignments(ResourceType.CLUSTER);
  }

  /** Returns whether assignments could be sent at once behind clusters that are sent now. */
  public boolean canFollow() {
    Subscription endpoints = subscriptions.get(ResourceType.ENDPOINT);
    return !isNeeded() || endpoints == null || !endpoints.isBusy();
  }

  /**
   * What could go has gone; what is left of clusters waits for an answer of the client. A request
   * waits for it, so it goes out as soon as that comes, whatever else is held back.
   */
  public void flushed() {
    Subscription clusters = subscriptions.get(ResourceType.CLUSTER);
    clustersOwed = isNeeded() && clusters != null && clusters.dueCount() > 0;
  }

  /** Returns whether clusters were due when last something was sent, and could not go. */
  public boolean clustersOwed() {
    return clustersOwed;
  }

  /** Clusters have been sent: what is sent next are their assignments. */
  public void follow(List<XdsResource> clusters) {
    List<String> assignments =
        clusters.stream()
            .map(cluster -> resources.assignmentOf(cluster.name()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (!assignments.isEmpty()) {
      subscriptions
          .computeIfAbsent(ResourceType.ENDPOINT, empty)
          .subscribedNames()
          .subscribeUnasked(assignments);
      owed = true;
    }
  }

  /** Returns whether a type is what has to be sent now, whatever is still on its way. */
  public boolean follows(ResourceType type) {
    boolean follows = owed && type == ResourceType.ENDPOINT;
    owed &= !follows;
    return follows;
  }
}
