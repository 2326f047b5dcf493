package io.github.topologyxds.source.mapping;

import io.github.topologyxds.model.DnsLabel;

/**
 * The names that the API server accepts (k8s.io/apimachinery, pkg/util/validation). Files do not
 * pass an API server, and a Service called {@code *} must never become an Envoy domain.
 */
public final class KubernetesNames {
  static final int MAX_LABEL = 63;
  static final int MAX_SUBDOMAIN = 253;

  private KubernetesNames() {}

  /** True for a DNS label: 1 to 63 of {@code a-z 0-9 -}, no dash at either end. */
  public static boolean isLabel(String name) {
    return DnsLabel.isValid(name);
  }

  /** True for DNS labels with dots between them, 1 to 253 characters. */
  public static boolean isSubdomain(String name) {
    if (name.isEmpty() || name.length() > MAX_SUBDOMAIN) {
      return false;
    }
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      if (!isLabelOfAnyLength(name.substring(start, dot))) {
        return false;
      }
      start = dot + 1;
    }
    return isLabelOfAnyLength(name.substring(start));
  }

  /** A subdomain's parts may be longer than 63: the API server limits the whole only. */
  private static boolean isLabelOfAnyLength(String name) {
    if (name.isEmpty() || name.startsWith("-") || name.endsWith("-")) {
      return false;
    }
    return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }
}
