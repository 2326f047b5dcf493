package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.state.FindingRecorder;
import io.github.topologyxds.state.FindingRecorder.Finder;
import io.github.topologyxds.state.FindingRecorder.Subject;
import io.github.topologyxds.topology.DecisionReason;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.InvalidResourceException;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one service port: its cluster, and a load assignment for each view that a client
 * has asked with. A view is translated when it is first asked for, and shared from then on. Any
 * thread.
 */
final class PortResources {
  /** A power of two. */
  private static final int ASKED = 8;

  private final PortTranslation port;
  private final XdsResource cluster;
  private final Map<ClientView, Built> before;
  private final Records records;

  // Guarded by itself.
  private final Set<Finding> failures = new TreeSet<>();

  private final Map<ClientView, Built> byView = new ConcurrentHashMap<>();

  /**
   * What is told of a port.
   *
   * @param service the port's
   * @param translations counts the load assignments built
   * @param decisions of the Service
   */
  record Records(
      ObjectName service,
      LongAdder translations,
      FindingRecorder findings,
      ServiceDecisions decisions) {}

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

  private record Asked(ClientView view, XdsResource assignment) {}

  /**
   * Takes over from the translation before.
   *
   * @param replaced what stood there before; null if nothing did
   * @param records of what happens here
   */
  PortResources(PortTranslation port, @Nullable PortResources replaced, Records records) {
    this.port = port;
    this.byNode = port.anyNodeMatters();
    // Streams hold what they were sent: equal content must stay one object.
    this.cluster =
        replaced != null && replaced.cluster.version().equals(port.cluster().version())
            ? replaced.cluster
            : port.cluster();
    this.before = replaced == null ? Map.of() : replaced.byView;
    this.records = records;
    if (replaced != null) {
      replaced.retire();
    }
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
    if (last != null && sharesAssignment(last.view(), view)) {
      return last.assignment();
    }
    Built found = find(view);
    records.decisions().give(found.reason());
    asked[slot] = new Asked(view, found.resource());
    return found.resource();
  }

  private boolean sharesAssignment(ClientView one, ClientView other) {
    return one.zone().equals(other.zone())
        && one.family() == other.family()
        && (!byNode || one.node().equals(other.node()));
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
    records.translations().increment();
    String name = cluster.name();
    Built last = before.get(view);
    // Neither failure can happen by construction. Should one all the same, one Service keeps what
    // it had, and the streams that asked for it stay open.
    try {
      Assignment assignment = port.assign(view);
      Built built =
          new Built(
              XdsResource.of(ResourceType.ENDPOINT, name, assignment.message()),
              assignment.decision().reason(),
              assignment.tiers());
      return last == null ? built : built.as(last);
    } catch (InvalidResourceException e) {
      failed(Reason.RESOURCE_INVALID, String.valueOf(e.getMessage()), last);
    } catch (RuntimeException e) {
      failed(Reason.TRANSLATION_FAILED, "ClusterLoadAssignment " + name + ": " + e, last);
    }
    return last == null
        ? new Built(PortTranslation.unknown(name), DecisionReason.TRANSLATION_FAILED, List.of())
        : last;
  }

  private void failed(Reason reason, String message, @Nullable Built last) {
    String instead =
        last == null ? "; clients get no endpoint of it" : "; the last valid one stays";
    synchronized (failures) {
      failures.add(Finding.of(reason, ObjectKey.service(records.service()), message + instead));
      records.findings().replace(subject(), List.copyOf(failures));
    }
  }

  /** Another one has taken its place, or the port is gone: so have its failures. */
  void retire() {
    synchronized (failures) {
      if (!failures.isEmpty()) {
        failures.clear();
        records.findings().replace(subject(), List.of());
      }
    }
  }

  private Subject subject() {
    return new Subject(Finder.ASSIGNMENT, cluster.name());
  }
}
