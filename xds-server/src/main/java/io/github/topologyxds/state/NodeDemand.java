package io.github.topologyxds.state;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.NodeModel;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where clients probably are, by the CPU of the Nodes, as Kubernetes takes it for topology-mode
 * Auto. It knows nothing of time, so that all replicas come to the same.
 */
final class NodeDemand {
  /**
   * CPU is taken in steps of 10 %: it is a guess anyway, and a Node that comes or goes should not
   * push weights to every client.
   */
  private static final double STEP = Math.log(1.1);

  private NodeDemand() {}

  /** Returns the demand; unknown where no Node tells its CPU. */
  static Demand of(Collection<NodeModel> nodes) {
    SortedMap<String, Long> milliCpu = new TreeMap<>();
    for (NodeModel node : nodes) {
      if (!node.zone().isEmpty() && node.milliCpu() > 0) {
        milliCpu.merge(node.zone(), node.milliCpu(), Long::sum);
      }
    }
    milliCpu.replaceAll((zone, cpu) -> inSteps(cpu));
    return milliCpu.isEmpty() ? Demand.UNKNOWN : new Demand(Demand.Source.NODE_CPU, milliCpu, "");
  }

  private static long inSteps(long milliCpu) {
    return Math.round(Math.exp(STEP * Math.round(Math.log((double) milliCpu) / STEP)));
  }
}
