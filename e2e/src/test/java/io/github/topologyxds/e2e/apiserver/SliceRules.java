package io.github.topologyxds.e2e.apiserver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a real API server refuses in an EndpointSlice (pkg/apis/discovery/validation), and nothing
 * else: ports out of range and zones full of script tags pass there, so they pass here.
 */
final class SliceRules {
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_HINTS = 8;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(|[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)");
  private static final Pattern NODE_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final String LOOPBACK = "may not be in the loopback range (127.0.0.0/8, ::1/128)";

  private final List<Violation> found = new ArrayList<>();

  private SliceRules() {}

  /**
   * Judges a slice.
   *
   * @param old null for a new one; endpoints that an update leaves as they are pass unseen
   */
  static List<Violation> judge(JsonNode slice, @Nullable JsonNode old) {
    SliceRules rules = new SliceRules();
    String type = slice.path("addressType").asString("");
    switch (type) {
      case "" -> rules.found.add(Violation.required("addressType", ""));
      case "IPv4", "IPv6", "FQDN" -> {}
      default ->
          rules.found.add(
              Violation.unsupported("addressType", type, "\"FQDN\", \"IPv4\", \"IPv6\""));
    }
    if (old != null && !old.path("addressType").asString("").equals(type)) {
      rules.found.add(Violation.invalid("addressType", type, "field is immutable"));
    }
    JsonNode endpoints = slice.path("endpoints");
    if (old == null || !old.path("endpoints").equals(endpoints)) {
      rules.endpoints(endpoints, type);
    }
    rules.ports(slice.path("ports"));
    return List.copyOf(rules.found);
  }

  private void endpoints(JsonNode endpoints, String type) {
    if (endpoints.size() > MAX_ENDPOINTS) {
      found.add(Violation.tooMany("endpoints", endpoints.size(), MAX_ENDPOINTS));
      return;
    }
    for (int i = 0; i < endpoints.size(); i++) {
      JsonNode endpoint = endpoints.path(i);
      String field = "endpoints[" + i + "]";
      addresses(endpoint.path("addresses"), field + ".addresses", type);
      if (endpoint.has("nodeName")) {
        nodeName(endpoint.path("nodeName").asString(""), field + ".nodeName");
      }
      hints(endpoint.path("hints").path("forZones"), field + ".hints.forZones", LABEL_VALUE);
      hints(endpoint.path("hints").path("forNodes"), field + ".hints.forNodes", NODE_NAME);
    }
  }

  private void addresses(JsonNode addresses, String field, String type) {
    if (addresses.isEmpty()) {
      found.add(Violation.required(field, "must contain at least 1 address"));
    } else if (addresses.size() > MAX_ADDRESSES) {
      found.add(Violation.tooMany(field, addresses.size(), MAX_ADDRESSES));
    }
    for (int i = 0; i < addresses.size(); i++) {
      address(addresses.path(i).asString(""), field, field + "[" + i + "]", type);
    }
  }

  private void address(String address, String field, String indexed, String type) {
    switch (type) {
      case "IPv4" -> {
        if (IPV4.matcher(address).matches()) {
          range(address, indexed);
        } else {
          found.add(Violation.invalid(field, address, "must be an IPv4 address"));
        }
      }
      case "IPv6" -> {
        if (IPV6.matcher(address).matches()) {
          range(address, indexed);
        } else {
          found.add(Violation.invalid(field, address, "must be an IPv6 address"));
        }
      }
      default -> {}
    }
  }

  static boolean isLoopback(Violation violation) {
    return violation.text().endsWith(LOOPBACK);
  }

  /** ValidateEndpointIP: ranges that no endpoint may lie in, as they reach into the node. */
  private void range(String address, String field) {
    InetAddress parsed;
    try {
      parsed = InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      found.add(Violation.invalid(field, address, "must be a valid IP address"));
      return;
    }
    if (parsed.isAnyLocalAddress()) {
      found.add(Violation.invalid(field, address, "may not be unspecified (0.0.0.0 or ::)"));
    } else if (parsed.isLoopbackAddress()) {
      found.add(Violation.invalid(field, address, LOOPBACK));
    } else if (parsed.isLinkLocalAddress()) {
      found.add(
          Violation.invalid(
              field, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
    } else if (address.startsWith("224.0.0.") || parsed.isMCLinkLocal()) {
      found.add(
          Violation.invalid(
              field,
              address,
              "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
    }
  }

  private void nodeName(String name, String field) {
    if (!NODE_NAME.matcher(name).matches()) {
      found.add(
          Violation.invalid(
              field, name, "a lowercase RFC 1123 subdomain must consist of lower case characters"));
    }
  }

  private void hints(JsonNode hints, String field, Pattern form) {
    if (hints.size() > MAX_HINTS) {
      found.add(Violation.tooMany(field, hints.size(), MAX_HINTS));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < hints.size(); i++) {
      String name = hints.path(i).path("name").asString("");
      String nameField = field + "[" + i + "].name";
      if (!seen.add(name)) {
        found.add(Violation.duplicate(nameField, name));
      } else if (!form.matcher(name).matches()) {
        found.add(Violation.invalid(nameField, name, "a valid label must match " + form));
      }
    }
  }

  private void ports(JsonNode ports) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String name = ports.path(i).path("name").asString("");
      if (!seen.add(name)) {
        found.add(Violation.duplicate("ports[" + i + "].name", name));
      }
    }
  }
}
