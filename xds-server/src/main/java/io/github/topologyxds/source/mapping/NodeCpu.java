package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CPU that a Node has for Pods. */
final class NodeCpu {
  private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

  private NodeCpu() {}

  /** Returns {@code status.allocatable.cpu} in thousandths of a CPU, 0 when absent. */
  static long milli(Node node) {
    Map<String, Quantity> allocatable =
        node.getStatus() == null ? null : node.getStatus().getAllocatable();
    return allocatable == null ? 0 : milli(allocatable.get("cpu"));
  }

  /** Rounded up, as apimachinery's Quantity.MilliValue; what is no quantity is none. */
  private static long milli(@Nullable Quantity cpu) {
    if (cpu == null) {
      return 0;
    }
    try {
      // A file's quantity is one text; only parse() takes it apart.
      String format = KubernetesMapper.orEmpty(cpu.getFormat());
      BigDecimal amount = Quantity.parse(cpu.getAmount() + format).getNumericalAmount();
      return amount.multiply(MILLI).setScale(0, RoundingMode.CEILING).longValue();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return 0;
    }
  }
}
