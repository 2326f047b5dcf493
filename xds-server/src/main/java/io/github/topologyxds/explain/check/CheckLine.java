package io.github.topologyxds.explain.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that was checked.
 *
 * @param section what it is about
 * @param code stable: a reason of docs/routing.md, or one of docs/check.md
 * @param fact one line: what is so
 * @param mend the command or change that mends it; "" where nothing needs mending
 */
public record CheckLine(Section section, State state, String code, String fact, String mend) {
  /** What the line is about, in the order in which they are told. */
  public enum Section {
    /** The API server: what it is, and what it lets us do. */
    KUBERNETES,
    TOPOLOGY,
    SERVICES,
    /** The server's replicas, each for itself. */
    INSTALLATION,
    /** Who is connected to a replica. */
    CLIENTS;

    /** Returns the name that JSON has. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it stands. The names are stable: JSON prints them. */
  public enum State {
    OK,
    /** Worth knowing. */
    NOTE,
    WARNING,
    ERROR
  }

  static CheckLine ok(Section section, String code, String fact) {
    return new CheckLine(section, State.OK, code, fact, "");
  }

  /** Whether it is about one replica, and the others may say otherwise. */
  public boolean isOfReplica() {
    return section == Section.INSTALLATION || section == Section.CLIENTS;
  }

  /** Returns the same, and whose it is. */
  public CheckLine of(String whose) {
    return new CheckLine(section, state, code, whose + ": " + fact, mend);
  }

  /** Adds what JSON has of it. */
  void addTo(ObjectNode json) {
    json.put("section", section.label())
        .put("state", state.name())
        .put("code", code)
        .put("fact", fact)
        .put("mend", mend);
  }

  /** Reads what {@link #addTo} has written; empty: it is of another version. */
  public static Optional<CheckLine> read(JsonNode json) {
    Optional<Section> section =
        Arrays.stream(Section.values())
            .filter(known -> known.label().equals(json.path("section").asString("")))
            .findFirst();
    Optional<State> state =
        Arrays.stream(State.values())
            .filter(known -> known.name().equals(json.path("state").asString("")))
            .findFirst();
    return section.isEmpty() || state.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CheckLine(
                section.get(),
                state.get(),
                json.path("code").asString(""),
                json.path("fact").asString(""),
                json.path("mend").asString("")));
  }
}
