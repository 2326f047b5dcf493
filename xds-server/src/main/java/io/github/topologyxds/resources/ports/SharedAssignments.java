package io.github.topologyxds.resources.ports;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.InvalidResourceException;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The load assignments of one service port in one form: one for each view that a client has asked
 * with. A view is translated when it is first asked for, and shared from then on. Any thread.
 */
final class SharedAssignments {
  /** A power of two. */
  private static final int ASKED = 8;

  /** Of a port that is new; nothing is ever put there. */
  private static final Map<ClientView, Built> NOTHING = new ConcurrentHashMap<>();

  private final PortTranslation port;
  private final AssignmentForm form;
  private final PortRecords records;
  private final boolean byNode;

  /**
   * Of the translation before: streams hold what they were sent. What is built anew is forgotten.
   */
  private final Map<ClientView, Built> before;

  private final Map<ClientView, Built> byView = new ConcurrentHashMap<>();

  /**
   * The views that asked last, as they asked: to reduce a view for each Service in turn was a fifth
   * of a first sync. Any thread writes; an entry is immutable, and one that is lost costs time
   * only.
   */
  private final @Nullable Asked[] asked = new Asked[ASKED];

  private record Asked(ClientView view, XdsResource assignment) {}

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
   * Takes over from the translation before.
   *
   * @param replaced what there was of it in this form; null: nothing
   */
  SharedAssignments(
      PortTranslation port,
      AssignmentForm form,
      @Nullable SharedAssignments replaced,
      PortRecords records) {
    this.port = port;
    this.form = form;
    this.records = records;
    this.byNode = port.anyNodeMatters();
    this.before = replaced == null ? NOTHING : replaced.byView;
    if (replaced != null) {
      before
          .values()
          .forEach(built -> records.former().supersede(built.resource(), replaced.port.state()));
    }
  }

  /**
   * Returns this client's load assignment. Clients whose views differ in nothing that matters here
   * share one object; a node's own exists only where its bytes differ from its zone's.
   */
  XdsResource get(ClientView view) {
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

  @SuppressWarnings("ReferenceEquality") // the same object, which streams hold
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
    // Only now: who builds the same view beside looks there, too.
    Built former = before.remove(reduced);
    if (former != null && former.resource() == (first == null ? built : first).resource()) {
      records.former().stays(former.resource());
    }
    return first == null ? built : first;
  }

  private Built build(ClientView view) {
    records.translating();
    String name = port.cluster().name();
    Built last = before.get(view);
    // Neither failure can happen by construction. Should one all the same, one Service keeps what
    // it had, and the streams that asked for it stay open.
    try {
      Assignment assignment = port.assign(view, form);
      Built built =
          new Built(
              form.resource(port, view, assignment),
              assignment.decision().reason(),
              assignment.tiers());
      return last == null ? built : built.as(last);
    } catch (InvalidResourceException e) {
      records.failed(Reason.RESOURCE_INVALID, String.valueOf(e.getMessage()) + instead(last));
    } catch (RuntimeException e) {
      records.failed(
          Reason.TRANSLATION_FAILED, "ClusterLoadAssignment " + name + ": " + e + instead(last));
    }
    return last == null
        ? new Built(form.unknown(name), DecisionReason.TRANSLATION_FAILED, List.of())
        : last;
  }

  private static String instead(@Nullable Built last) {
    return last == null ? "; clients get no endpoint of it" : "; the last valid one stays";
  }
}
