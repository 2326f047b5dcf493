package io.github.topologyxds.model.names;

import java.util.regex.Pattern;

/**
 * Kubernetes' rule for the names of Services, Namespaces and ports (RFC 1123 label). They become
 * parts of Envoy's domains, where a {@code *} would match everything.
 */
public final class DnsLabel {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private DnsLabel() {}

  /** True for 1 to 63 characters of {@code [a-z0-9-]} that begin and end with a letter or digit. */
  public static boolean isValid(String name) {
    return LABEL.matcher(name).matches();
  }
}
