package io.github.topologyxds.topology.settings;

import io.github.topologyxds.model.names.DnsLabel;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose clients see a Service beside those of its own namespace, as {@code
 * topology-xds.io/visible-to} and {@code --visible-to} say it.
 */
public sealed interface VisibleTo {
  /** Nobody else does. */
  VisibleTo OWN_NAMESPACE = new Namespaces(new TreeSet<>());

  /** What users may write, in words. */
  String ALLOWED = "\"*\", \".\", or at most 100 namespaces as ns1,ns2";

  /** Returns the value as users write it. */
  String label();

  /** Every client does. */
  record Everybody() implements VisibleTo {
    @Override
    public String label() {
      return "*";
    }
  }

  /**
   * The clients of some namespaces do.
   *
   * @param names without the Service's own; may be empty
   */
  record Namespaces(SortedSet<String> names) implements VisibleTo {
    /** A list is held in memory for each Service that has it. */
    private static final int MAX_NAMES = 100;

    public Namespaces {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    private static Optional<VisibleTo> parse(String value) {
      String[] written = value.split(",", MAX_NAMES + 1);
      SortedSet<String> names = new TreeSet<>();
      for (String name : written) {
        if (written.length > MAX_NAMES || !DnsLabel.isValid(name.strip())) {
          return Optional.empty();
        }
        names.add(name.strip());
      }
      return Optional.of(new Namespaces(names));
    }

    @Override
    public String label() {
      return names.isEmpty() ? "." : String.join(",", names);
    }
  }

  /** Reads a user's value: {@code *}, {@code .} or {@code ns1,ns2}; empty for anything else. */
  static Optional<VisibleTo> parse(String value) {
    return switch (value) {
      case "*" -> Optional.of(new Everybody());
      case "." -> Optional.of(OWN_NAMESPACE);
      default -> Namespaces.parse(value);
    };
  }
}
