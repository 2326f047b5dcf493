package io.github.topologyxds.source.snapshot;

import java.util.Optional;

/**
 * Where a state comes from.
 *
 * @param name what tells the source from others, whether it can be reached or not
 * @param uid what tells a cluster from another one that was built under the same address
 */
public record Origin(String name, Uid uid) {
  /** Asks which cluster answers now. */
  @FunctionalInterface
  public interface Uid {
    /** Of what is no cluster. */
    Uid NONE = Optional::empty;

    /** Returns the uid of the Namespace kube-system; empty when that cannot be read. */
    Optional<String> read() throws InterruptedException;
  }

  /**
   * Returns why a snapshot must not be served; empty when nothing speaks against it, or when no uid
   * was known then or is now.
   */
  Optional<String> objection(Snapshot snapshot) throws InterruptedException {
    if (snapshot.uid().isEmpty()) {
      return Optional.empty();
    }
    return uid.read()
        .filter(now -> !now.equals(snapshot.uid()))
        .map(now ->
            "it is of another cluster: the uid of kube-system was %s and is %s"
                .formatted(snapshot.uid(), now));
  }
}
