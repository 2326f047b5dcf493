package io.github.topologyxds.delivery;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.topology.DecisionReason;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.InvalidResourceException;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of one service port: its cluster, and a load assignment for each view that a client
 * has asked with. A view is translated when it is first asked for, and shared from then on. Any
 * thread.
 */
final class PortResources {
  private static final Logger LOG = LoggerFactory.getLogger(PortResources.class);

  /** A power of two. */
  private static final int ASKED = 8;

  private final PortTranslation port;
  private final XdsResource cluster;
  private final Map<ClientView, Built> before;
  private final LongAdder translations;
  private final Map<ClientView, Built> byView = new ConcurrentHashMap<>();

  /**
   * A load assignment, and what there is to say of it.
   *
   * @param tiers how many endpoints stand at each priority
   */
  private record Built(XdsResource resource, DecisionReason reason, List<Integer> tiers) {
    /** The same content stays one object. */
    Built as(Built other) {
      return other.resource.version().equals(resource.version())
          ? new Built(other.resource, reason, tiers)
          : this;
    }
  }

  /**
   * The views that asked last, as they asked: to reduce a view for each Service in turn was a fifth
   * of a first sync. Any thread writes; an entry is immutable, and one that is lost costs time
   * only.
   */
  private final @Nullable Asked[] asked = new Asked[ASKED];

  private final boolean byNode;

  private record Asked(ClientView view, XdsResource assignment) {
    boolean serves(ClientView other, boolean byNode) {
      return view.zone().equals(other.zone())
          && view.family() == other.family()
          && (!byNode || view.node().equals(other.node()));
    }
  }

  /**
   * Takes over from the translation before.
   *
   * @param replaced what stood there before; null if nothing did
   * @param translations counts the load assignments built
   */
  PortResources(PortTranslation port, @Nullable PortResources replaced, LongAdder translations) {
    this.port = port;
    this.byNode = port.anyNodeMatters();
    // Streams hold what they were sent: equal content must stay one object.
    this.cluster =
        replaced != null && replaced.cluster.version().equals(port.cluster().version())
            ? replaced.cluster
            : port.cluster();
    this.before = replaced == null ? Map.of() : replaced.byView;
    this.translations = translations;
  }

  /** Returns whether clients on different Nodes of one zone may see different endpoints. */
  boolean byNode() {
    return byNode;
  }

  XdsResource cluster() {
    return cluster;
  }

  /**
   * Returns this client's load assignment. Clients whose views differ in nothing that matters here
   * share one object; a node's own exists only where its bytes differ from its zone's.
   */
  XdsResource assignment(ClientView view) {
    // By zone where the node makes no difference: thirty nodes' views are more than there are
    // slots.
    int slot = (byNode ? view : view.zone()).hashCode() & (ASKED - 1);
    Asked last = asked[slot];
    if (last != null && last.serves(view, byNode)) {
      return last.assignment();
    }
    XdsResource found = find(view).resource();
    asked[slot] = new Asked(view, found);
    return found;
  }

  /** Adds what is served to the views that asked since the last change. */
  void count(ServedEndpoints served) {
    byView.values().forEach(built -> served.add(built.reason(), built.tiers()));
  }

  private Built find(ClientView view) {
    ClientView reduced = port.reduce(view);
    Built known = byView.get(reduced);
    if (known != null) {
      return known;
    }
    Built built = build(reduced);
    if (!reduced.node().isEmpty()) {
      built = built.as(find(new ClientView("", reduced.zone(), reduced.family())));
    }
    Built first = byView.putIfAbsent(reduced, built);
    return first == null ? built : first;
  }

  private Built build(ClientView view) {
    translations.increment();
    String name = cluster.name();
    // Neither failure can happen by construction. Should one all the same, one Service keeps what
    // it had, and the streams that asked for it stay open.
    try {
      Assignment assignment = port.assign(view);
      Built built =
          new Built(
              XdsResource.of(ResourceType.ENDPOINT, name, assignment.message()),
              assignment.decision().reason(),
              assignment.tiers());
      Built last = before.get(view);
      return last == null ? built : built.as(last);
    } catch (InvalidResourceException e) {
      LOG.error("{} {}; the last valid one stays", Reason.RESOURCE_INVALID, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error(
          "{} ClusterLoadAssignment {}: the last valid one stays",
          Reason.TRANSLATION_FAILED,
          name,
          e);
    }
    Built last = before.get(view);
    return last == null
        ? new Built(PortTranslation.unknown(name), DecisionReason.TRANSLATION_FAILED, List.of())
        : last;
  }
}
