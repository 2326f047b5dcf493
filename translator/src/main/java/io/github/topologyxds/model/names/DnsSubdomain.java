package io.github.topologyxds.model.names;

/**
 * Kubernetes' rule for the names of most objects, Nodes among them (RFC 1123 subdomain;
 * k8s.io/apimachinery, pkg/util/validation).
 */
public final class DnsSubdomain {
  /** The longest that an API server takes. */
  public static final int MAX_LENGTH = 253;

  private DnsSubdomain() {}

  /**
   * True for 1 to 253 characters: parts of {@code [a-z0-9-]} that begin and end with a letter or
   * digit, with dots between them. A part may be longer than a DNS label: only the whole is limited
   * there.
   */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      if (!isPart(name.substring(start, dot))) {
        return false;
      }
      start = dot + 1;
    }
    return isPart(name.substring(start));
  }

  private static boolean isPart(String part) {
    if (part.isEmpty() || part.startsWith("-") || part.endsWith("-")) {
      return false;
    }
    return part.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }
}
