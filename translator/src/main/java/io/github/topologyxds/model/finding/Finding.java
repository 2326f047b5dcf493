package io.github.topologyxds.model.finding;

import java.util.Comparator;

/**
 * What is odd about a user's data. Data never throws: it becomes a finding, and everything else
 * goes on.
 *
 * @param object the object, or the place in a file for what could not be read as one
 * @param endpoint the endpoint's address, "" when the finding concerns the whole object
 * @param message one line for people; names the value and what is allowed
 */
public record Finding(
    Reason reason, Severity severity, ObjectReference object, String endpoint, String message)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::object, Finding::byText)
          .thenComparing(Finding::reason)
          .thenComparing(Finding::endpoint)
          .thenComparing(Finding::message);
  private static final int MAX_QUOTE = 80;

  /**
   * Returns a finding about an object as a whole, as severe as its reason.
   *
   * @param message one line for people
   */
  public static Finding of(Reason reason, ObjectReference object, String message) {
    return new Finding(reason, reason.severity(), object, "", message);
  }

  /**
   * Returns a finding about one endpoint of an object, as severe as its reason.
   *
   * @param endpoint the address as written; it is made safe to print
   * @param message one line for people
   */
  public static Finding ofEndpoint(
      Reason reason, ObjectReference object, String endpoint, String message) {
    return new Finding(reason, reason.severity(), object, quote(endpoint), message);
  }

  /** Returns the same finding in other words. */
  public Finding withMessage(String newMessage) {
    return new Finding(reason, severity, object, endpoint, newMessage);
  }

  /**
   * Makes a value of unknown origin safe to print: control characters become {@code ?}, and what is
   * longer than 80 characters is cut (a zone of 100 kB gets through the API server).
   */
  public static String quote(String value) {
    return quote(value, MAX_QUOTE);
  }

  /** As {@link #quote(String)}, with another limit. */
  public static String quote(String value, int longest) {
    StringBuilder safe = new StringBuilder(Math.min(value.length(), longest + 1));
    for (int i = 0; i < value.length() && i < longest; i++) {
      char c = value.charAt(i);
      safe.append(Character.isISOControl(c) ? '?' : c);
    }
    return value.length() > longest ? safe + "…" : safe.toString();
  }

  /** As people read them; what has many findings is not written out to be compared. */
  private static int byText(ObjectReference one, ObjectReference other) {
    return one.equals(other) ? 0 : one.toString().compareTo(other.toString());
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
