package io.github.topologyxds.serve;

import io.github.topologyxds.admin.Readiness;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.state.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself when it is checked: how fresh that is which it serves, until when
 * its certificate is valid, and what its account may. Any thread that may wait.
 *
 * @param certificateEnds when the first of the xDS port's certificates ends; null: it is plain text
 * @param rights what its account may, asked for anew
 */
record ReplicaCheck(
    Readiness readiness,
    SourceHealth source,
    @Nullable Supplier<Instant> certificateEnds,
    Supplier<List<CheckLine>> rights) {
  private static final long DAYS_WARNING = 14;
  private static final long DAYS_ERROR = 2;

  /** Returns the lines as they are now. */
  List<CheckLine> lines() {
    List<CheckLine> lines = new ArrayList<>(rights.get());
    addFreshness(lines);
    lines.add(
        certificateEnds == null
            ? line(
                State.NOTE,
                "CERTIFICATE",
                "the xDS port has no TLS",
                "docs/deploy.md#mtls says how")
            : certificate(Duration.between(Instant.now(), certificateEnds.get())));
    return lines;
  }

  private void addFreshness(List<CheckLine> lines) {
    boolean ready = readiness.ready();
    List<String> troubles = readiness.troubles();
    for (String trouble : troubles) {
      lines.add(
          line(
              ready ? State.WARNING : State.ERROR,
              "FRESHNESS",
              (ready ? "" : "not ready: ") + trouble,
              "docs/operating.md says what each line of /readyz means"));
    }
    if (troubles.isEmpty()) {
      long seconds = source.unconfirmed().toSeconds();
      lines.add(
          line(
              State.OK,
              "FRESHNESS",
              "ready; what is served was confirmed " + seconds + " s ago",
              ""));
    }
  }

  /**
   * Says how long a certificate is still valid.
   *
   * @param left negative: it has ended
   */
  static CheckLine certificate(Duration left) {
    long days = left.toDays();
    State state = days < DAYS_ERROR ? State.ERROR : days < DAYS_WARNING ? State.WARNING : State.OK;
    return line(
        state,
        "CERTIFICATE",
        left.isNegative()
            ? "a certificate of the xDS port has ended"
            : "the certificates of the xDS port are valid for " + days + " days more",
        state == State.OK ? "" : "renew it: a new file is taken up without a restart");
  }

  private static CheckLine line(State state, String code, String fact, String mend) {
    return new CheckLine(Section.INSTALLATION, state, code, fact, mend);
  }
}
