package io.github.topologyxds.xds.routes;

/**
 * The names under which Contour's Envoys ask for load assignments: {@code NAMESPACE/NAME/PORT} with
 * the port's name, {@code NAMESPACE/NAME} for a port without one (read in Contour 1.33.8, {@code
 * internal/xds/util.go}).
 */
public final class PathNames {
  private PathNames() {}

  /** Returns whether a name is such, by its form alone: no name of ours is without a colon. */
  public static boolean isPath(String name) {
    int first = name.indexOf('/');
    int last = name.lastIndexOf('/');
    return first > 0
        && last < name.length() - 1
        && (first == last || (last > first + 1 && name.indexOf('/', first + 1) == last))
        && name.indexOf(':') < 0;
  }

  /**
   * Returns the name of a service port.
   *
   * @param clusterName {@code namespace/service:port}; a number there is of a port without a name,
   *     as each name holds a letter
   */
  public static String of(String clusterName) {
    int colon = clusterName.lastIndexOf(':');
    String port = clusterName.substring(colon + 1);
    String service = clusterName.substring(0, colon);
    return port.chars().allMatch(c -> c >= '0' && c <= '9') ? service : service + "/" + port;
  }

  /** Returns the name of ours that says the same; it leads to the port, if there is one. */
  static String ours(String path) {
    int first = path.indexOf('/');
    int last = path.lastIndexOf('/');
    return first == last ? path : path.substring(0, last) + ":" + path.substring(last + 1);
  }
}
