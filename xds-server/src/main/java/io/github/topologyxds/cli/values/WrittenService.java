package io.github.topologyxds.cli.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code SERVICE} taken apart.
 *
 * @param name the parts between slashes, without the kind that kubectl's users write before them
 * @param port behind a colon, name or number; "" when none is written
 */
public record WrittenService(List<String> name, String port) {
  private static final Set<String> KINDS = Set.of("svc", "service", "services");

  public WrittenService {
    name = List.copyOf(name);
  }

  /** Takes apart what was written. */
  public static WrittenService of(String written) {
    List<String> parts = List.of(written.split("/", -1));
    if (parts.size() > 1 && KINDS.contains(parts.getFirst())) {
      parts = parts.subList(1, parts.size());
    }
    String last = parts.getLast();
    int colon = last.lastIndexOf(':');
    if (isIpv6(last) && !last.startsWith("[")) {
      return new WrittenService(List.of("[" + last + "]"), "");
    }
    if (colon < 0 || last.endsWith("]")) {
      return new WrittenService(parts, "");
    }
    List<String> before = new ArrayList<>(parts);
    before.set(parts.size() - 1, last.substring(0, colon));
    return new WrittenService(before, last.substring(colon + 1));
  }

  private static boolean isIpv6(String text) {
    return text.indexOf(':') != text.lastIndexOf(':');
  }

  /**
   * Returns whether it is the name of a host: of a Service or Pod in DNS, or an address. A
   * Service's own name is a DNS label, and has no dot.
   */
  public boolean isHost() {
    String only = name.getFirst();
    return name.size() == 1 && (only.indexOf('.') >= 0 || only.startsWith("["));
  }
}
