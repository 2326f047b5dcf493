package io.github.topologyxds.load;

/** Load that was looked into, and counts. */
public record CountedLoad(LoadKey key, LoadCounts counts) {
  CountedLoad plus(LoadCounts more) {
    return new CountedLoad(key, counts.plus(more));
  }

  /** Returns the same of {@link LoadKey#OTHER}. */
  CountedLoad ofOther() {
    return new CountedLoad(key.ofOther(), counts);
  }
}
