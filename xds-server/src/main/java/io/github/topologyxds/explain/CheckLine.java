package io.github.topologyxds.explain;

/**
 * One thing that was checked.
 *
 * @param section such as {@code topology}
 * @param code stable: a reason of docs/routing.md, or one of docs/check.md
 * @param fact one line: what is so
 * @param mend the command or change that mends it; "" where nothing needs mending
 */
public record CheckLine(Section section, State state, String code, String fact, String mend) {
  /** What the line is about. */
  public enum Section {
    TOPOLOGY,
    SERVICES
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
}
