package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import java.util.TreeMap;

/**
 * The Services whose last write the API server did not take, and what it said.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class UnwrittenServices {
  private final WriterTroubles troubles;
  private final TreeMap<ObjectName, String> answers = new TreeMap<>();

  UnwrittenServices(WriterTroubles troubles) {
    this.troubles = troubles;
  }

  /** This one is to be written and is not. */
  void add(ObjectName service, String answer) {
    answers.put(service, answer);
    tell();
  }

  /** This one is as it ought to be, or nobody's any more. */
  void remove(ObjectName service) {
    if (answers.remove(service) != null) {
      tell();
    }
  }

  void clear() {
    answers.clear();
    tell();
  }

  private void tell() {
    if (answers.isEmpty()) {
      troubles.isOver(WriterTroubles.Cause.WRITE);
      return;
    }
    String others = answers.size() == 1 ? "" : " and " + (answers.size() - 1) + " more";
    troubles.stands(
        WriterTroubles.Cause.WRITE,
        "Service "
            + answers.firstKey()
            + others
            + ": the API server "
            + answers.firstEntry().getValue());
  }
}
