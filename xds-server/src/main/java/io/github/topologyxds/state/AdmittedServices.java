package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.state.budget.ServiceSizes;
import io.github.topologyxds.state.budget.ServingCost;
import io.github.topologyxds.topology.ports.ServiceSize;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Measures the Services that have changed and tells which there is room for.
 *
 * <p>Owner: the state thread.
 */
public final class AdmittedServices {
  private final ServiceBudget budget;
  private final Function<ServiceState, ServiceSize> measure;
  private final ServiceSizes sizes = new ServiceSizes();

  /**
   * Admits within a budget.
   *
   * @param measure how large a Service is
   */
  public AdmittedServices(ServiceBudget budget, Function<ServiceState, ServiceSize> measure) {
    this.budget = budget;
    this.measure = measure;
  }

  /** Returns how large the Services are. */
  public ServiceSizes sizes() {
    return sizes;
  }

  /** Takes in what has changed; returns the Services for which there is room now, or none now. */
  public Set<ObjectName> settle(Collection<ObjectName> changed, ClusterStateStore state) {
    for (ObjectName name : changed) {
      Optional<ServiceState> service = state.service(name);
      if (service.isPresent()) {
        ServiceSize size = measure.apply(service.get());
        sizes.put(name, size);
        budget.put(service.get().service(), cost(service.get(), size));
      } else {
        sizes.remove(name);
        budget.remove(name);
      }
    }
    Set<ObjectName> turned = budget.settle(state.held());
    sizes.settled(budget, state.held());
    return new TreeSet<>(turned);
  }

  private static ServingCost cost(ServiceState service, ServiceSize size) {
    return new ServingCost(
        ObjectCost.of(service),
        size.cost(),
        size.served().size(),
        size.nameCharacters(service.service().name()),
        size.portEndpointsServed());
  }

  /** Returns whether there is no room for a Service. */
  public boolean leavesOut(ObjectName service) {
    return budget.leavesOut(service);
  }

  /** Returns what to tell of a Service that is left out; nothing of another one. */
  public List<Finding> leftOut(ObjectName service) {
    return budget.lacking(service).stream()
        .map(
            reason -> Finding.of(reason, ObjectKey.service(service), "is left out: " + why(reason)))
        .toList();
  }

  private static String why(Reason reason) {
    if (reason == Reason.NAMESPACE_LIMIT) {
      return "older Services of its Namespace have as many ports, or ports x endpoints, as are"
          + " served of one (--max-ports-per-namespace, --max-port-endpoints-per-namespace)";
    }
    return reason == Reason.CLUSTERS_LIMIT
        ? "older Services have the %d ports, or the %d characters of their names, that a client may ask for"
            .formatted(ServiceBudget.NAMES, ServiceBudget.NAME_CHARACTERS)
        : "older Services take what the heap has room for; give the server more (-Xmx), or make"
            + " this Service or its EndpointSlices smaller";
  }
}
