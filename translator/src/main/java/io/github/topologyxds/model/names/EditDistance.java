package io.github.topologyxds.model.names;

/** How far what somebody wrote is from what there is. */
public final class EditDistance {
  private EditDistance() {}

  /** Whether it is near enough to be a misspelling: a third of it differs, two letters at most. */
  public static boolean isMisspelling(String written, String meant) {
    return Math.abs(meant.length() - written.length()) <= 2
        && between(meant, written) <= Math.min(2, (written.length() + 1) / 3);
  }

  /** Levenshtein's distance. */
  public static int between(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
