package io.github.topologyxds.inject;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.redirect.RedirectRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Pods in which a sidecar would do harm, or not run. */
final class Refusals {
  /** What YAML 1.1, which kubectl reads, takes for true, beside {@code true} itself. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

  private static final String WINDOWS = "windows";

  private static final Set<String> ENVOYS_PORTS =
      Set.of(
          Integer.toString(ProxyPorts.DEFAULT.admin()),
          Integer.toString(InjectSettings.LISTENER_PORT));

  private Refusals() {}

  static void check(WrittenMapping pod, InjectMode mode) throws InjectionRefused {
    if (TRUE.contains(pod.text("hostNetwork").toLowerCase(Locale.ROOT))) {
      throw pod.refused(
          "has hostNetwork: true, where a sidecar would serve the whole Node; run one Envoy there for"
              + " the Node instead");
    }
    if (pod.text("os", "name").equals(WINDOWS)
        || pod.text("nodeSelector", "kubernetes.io/os").equals(WINDOWS)) {
      throw pod.refused("is for Windows, where this sidecar does not run");
    }
    if (mode.redirect().isPresent()) {
      refuseProxyUser(pod);
    }
    for (String list : List.of("initContainers", "containers")) {
      for (WrittenMapping container : pod.items(list)) {
        if (mode.redirect().isPresent()) {
          refuseProxyUser(container);
        }
        refuseProxyPorts(container);
      }
    }
  }

  private static void refuseProxyUser(WrittenMapping place) throws InjectionRefused {
    if (place.text("securityContext", "runAsUser").equals(RedirectRules.DEFAULT_PROXY_UID + "")) {
      throw place.refused(
          "runs as user "
              + RedirectRules.DEFAULT_PROXY_UID
              + ", which is Envoy's and is not caught; choose another one");
    }
  }

  private static void refuseProxyPorts(WrittenMapping container) throws InjectionRefused {
    for (WrittenMapping port : container.items("ports")) {
      String number = port.text("containerPort");
      if (ENVOYS_PORTS.contains(number)) {
        throw port.refused("listens on port " + number + ", which is Envoy's; choose another one");
      }
    }
  }
}
