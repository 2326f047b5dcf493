package io.github.topologyxds.xds.ondemand;

/**
 * The script by which a sidecar on demand makes the name of a cluster out of a request's {@code
 * Host}. Every spelling that Envoy asked for under a name of its own would be a cluster of its own
 * there (94 kB, measured), so spellings that mean the same are made one: lower case, without a dot
 * at the end, without {@code .svc} and the cluster's domain behind a name of two labels or more,
 * and without port 80.
 */
final class HostNormaliser {
  /** The cluster of a request without a usable host; there is none of that name. */
  static final String NO_CLUSTER = "none";

  /** A DNS name has at most 253 characters, and a port 6. */
  private static final int MAX_LENGTH = 300;

  private HostNormaliser() {}

  /**
   * Returns the Lua source of Envoy's Lua cluster specifier.
   *
   * @param clusterDomain usually {@code cluster.local}: DNS labels and dots
   */
  static String script(String clusterDomain) {
    return """
    local suffixes = {".svc.%s", ".svc"}
    function envoy_on_route(handle)
      local host = string.lower(handle:headers():get(":authority") or "")
      if #host == 0 or #host > %d then return "%s" end
      local port = string.match(host, ":%%d+$") or ""
      local name = string.sub(host, 1, #host - #port)
      if string.sub(name, -1) == "." then name = string.sub(name, 1, -2) end
      for _, suffix in ipairs(suffixes) do
        local rest = string.sub(name, 1, -#suffix - 1)
        if string.sub(name, -#suffix) == suffix and string.find(rest, ".", 2, true) then
          name = rest
          break
        end
      end
      if port == ":80" then port = "" end
      return "//" .. name .. port
    end
    """
        .formatted(clusterDomain, MAX_LENGTH, NO_CLUSTER);
  }
}
