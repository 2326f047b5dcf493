package io.github.topologyxds.session;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which Node a client probably means that names one which does not exist. */
public final class NodeSuggestion {
  private NodeSuggestion() {}

  /**
   * Returns the end of a message, beginning with "; ", or "" when nothing comes close. Looks at all
   * names: not for an event loop.
   */
  static String words(String written, Set<String> known) {
    return known.isEmpty()
        ? "; no Node is known at all"
        : of(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Returns the Node that is meant, fit to be printed; empty when nothing comes close. */
  public static Optional<String> of(String written, Set<String> known) {
    String lower = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> isNear(lower, name))
        .min(
            Comparator.comparingInt((String name) -> distance(lower, name))
                .thenComparing(Comparator.naturalOrder()))
        .map(Finding::quote);
  }

  private static boolean isNear(String lower, String name) {
    return isShort(lower, name) || EditDistance.isMisspelling(lower, name);
  }

  private static int distance(String lower, String name) {
    return isShort(lower, name) ? 0 : EditDistance.between(lower, name);
  }

  /** Some clouds name a Node by its host name, some by the whole domain name. */
  private static boolean isShort(String lower, String name) {
    return name.startsWith(lower + ".") || lower.startsWith(name + ".");
  }
}
