package io.github.topologyxds.slices;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a cluster looks like after a plan; new slices get names as the API server makes them. */
final class Applied {
  private Applied() {}

  static PlanningInput after(PlanningInput input, ServicePlan plan) {
    Map<ObjectName, ObservedSlice> slices = new TreeMap<>();
    input.slices().forEach(slice -> slices.put(slice.name(), slice));
    plan.delete().forEach(slice -> slices.remove(slice.name()));
    for (ServicePlan.Update update : plan.update()) {
      slices.put(update.slice().name(), observed(update.slice(), update.content()));
    }
    for (ServicePlan.Content content : plan.create()) {
      // Names are random: the order of their making must not show in them.
      String suffix = Integer.toHexString(content.hashCode() * 31 + slices.size());
      ObjectName name = new ObjectName(content.service().namespace(), "cart-" + suffix);
      slices.put(name, observed(new ObservedSlice.Identity(name, "new-" + suffix, "1"), content));
    }
    return new PlanningInput(
        input.service(),
        input.workloads(),
        input.endpoints(),
        new ArrayList<>(slices.values()),
        input.nodes(),
        input.memory());
  }

  /** Returns the slices of ours. */
  static List<ObservedSlice> ours(PlanningInput input) {
    return input.slices().stream()
        .filter(slice -> slice.managedBy().equals(PlannerSettings.DEFAULT_MANAGED_BY))
        .filter(slice -> slice.installation().equals(RandomWorld.INSTALLATION))
        .filter(slice -> slice.owner() != null)
        .toList();
  }

  private static ObservedSlice observed(
      ObservedSlice.Identity identity, ServicePlan.Content content) {
    return new ObservedSlice(
        identity,
        content.labels(),
        content.annotations(),
        new ObservedSlice.Owner(content.service().name(), content.serviceUid()),
        switch (content.family()) {
          case IPV4 -> AddressType.IPV4;
          case IPV6 -> AddressType.IPV6;
        },
        content.ports(),
        content.endpoints());
  }
}
