package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.List;
import java.util.TreeSet;

/**
 * The slices that have endpoints for one service port in one family, each with its target port.
 *
 * @param targets in the order of the slices
 * @param numbers the target ports that occur, lowest first, 1..65535
 * @param absence why the slices have no endpoint for it, as far as the endpoints' addresses and
 *     conditions do not matter
 */
public record PortSlices(List<Target> targets, List<Integer> numbers, DecisionReason absence) {
  /** A slice, and the number that it has for the service port. */
  public record Target(SliceModel slice, int number) {}

  /**
   * What the endpoints of a service port depend on: the slices, and which of their target ports are
   * the same; not what the numbers are. Ports with equal keys share their endpoints.
   */
  public record Key(List<Part> parts, DecisionReason absence) {
    record Part(ObjectName slice, int target) {}
  }

  static PortSlices of(List<Target> targets, DecisionReason absence) {
    TreeSet<Integer> numbers = new TreeSet<>();
    targets.forEach(target -> numbers.add(target.number()));
    return new PortSlices(List.copyOf(targets), List.copyOf(numbers), absence);
  }

  /** Returns whether the endpoints' addresses are names. */
  public boolean areNames() {
    return !targets.isEmpty() && targets.getFirst().slice().addressType() == AddressType.FQDN;
  }

  /** Returns the place of a slice's number among the {@link #numbers}. */
  public int place(Target target) {
    return numbers.size() == 1 ? 0 : numbers.indexOf(target.number());
  }

  /** Returns what is equal for ports that have the same endpoints. */
  public Key key() {
    return new Key(
        targets.stream().map(target -> new Key.Part(target.slice().name(), place(target))).toList(),
        absence);
  }
}
