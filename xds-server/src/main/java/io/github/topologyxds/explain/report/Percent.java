package io.github.topologyxds.explain.report;

import java.util.Locale;

/** How shares are printed for people. */
public final class Percent {
  private Percent() {}

  /** Returns a share 0..1 as {@code 70 %}, with one decimal where it is no whole percent. */
  public static String of(double share) {
    double percent = share * 100;
    boolean whole = Math.abs(percent - Math.rint(percent)) < 0.05;
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
  }
}
