package io.github.topologyxds.model.names;

/** Kubernetes' rule for label values, which a zone has to be. */
public final class LabelValue {
  private static final int MAX_LENGTH = 63;

  private LabelValue() {}

  /**
   * True for 1 to 63 characters of {@code [A-Za-z0-9-_.]} that begin and end with a letter or digit
   * (apimachinery's IsValidLabelValue, without its empty value: an empty zone is unknown).
   */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isAlphanumeric(value.charAt(i)) && "-_.".indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return isAlphanumeric(value.charAt(0)) && isAlphanumeric(value.charAt(value.length() - 1));
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
