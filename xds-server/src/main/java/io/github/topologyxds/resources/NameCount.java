package io.github.topologyxds.resources;

import java.util.Collection;

/**
 * How much a client asks for by name.
 *
 * @param characters of all the names together
 */
public record NameCount(int names, long characters) {
  /** Counts these names. */
  public static NameCount of(Collection<String> names) {
    long characters = 0;
    for (String name : names) {
      characters += name.length();
    }
    return new NameCount(names.size(), characters);
  }

  /**
   * Returns about what the names take in memory at most, in bytes.
   *
   * @param each what else there is to each
   */
  public long bytes(int each) {
    return (long) names * each + 2 * characters;
  }
}
