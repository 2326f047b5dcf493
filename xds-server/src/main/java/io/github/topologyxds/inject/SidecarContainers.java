package io.github.topologyxds.inject;

import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The containers of a sidecar, as trees of maps, lists, texts, numbers and booleans. */
final class SidecarContainers {
  /** By which a workload that has its sidecar is known. */
  static final String PROXY = "topology-xds-proxy";

  private static final String REDIRECT = "topology-xds-redirect";

  private final InjectSettings settings;

  SidecarContainers(InjectSettings settings) {
    this.settings = settings;
  }

  /** The init containers, in their order: the rules are there before anything can connect. */
  List<Object> all() {
    List<Object> containers = new ArrayList<>();
    settings.mode().redirect().ifPresent(mode -> containers.add(redirect(mode)));
    containers.add(proxy());
    return containers;
  }

  private Map<String, Object> redirect(RedirectMode mode) {
    String rules = settings.rules().text(mode);
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", REDIRECT);
    container.put("image", settings.images().redirect());
    switch (mode) {
      // nft takes rules as arguments; no shell is needed.
      case NFT -> {
        container.put("command", List.of("nft"));
        container.put("args", List.of(rules));
      }
      case IPTABLES -> {
        container.put("command", List.of("sh", "-ec"));
        container.put("args", List.of(byIptables(rules)));
      }
    }
    container.put("resources", resources("10m", "16Mi", "64Mi"));
    Map<String, Object> security = new LinkedHashMap<>();
    security.put("runAsUser", 0);
    security.put("runAsGroup", 0);
    security.put("runAsNonRoot", false);
    security.put("allowPrivilegeEscalation", false);
    // The image's iptables chooses its variant when it is first called, and writes that down.
    security.put("readOnlyRootFilesystem", mode == RedirectMode.NFT);
    security.put("capabilities", ordered("drop", List.of("ALL"), "add", List.of("NET_ADMIN")));
    security.put("seccompProfile", Map.of("type", "RuntimeDefault"));
    container.put("securityContext", security);
    return container;
  }

  /** A kernel without IPv6 has no such table, and nothing to catch. */
  private static String byIptables(String rules) {
    return "rules='"
        + rules
        + "'\nprintf '%s\\n' \"$rules\" | iptables-restore --noflush\n"
        + "if [ -e /proc/net/if_inet6 ]; then printf '%s\\n' \"$rules\" | ip6tables-restore --noflush; fi\n";
  }

  private Map<String, Object> proxy() {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", PROXY);
    container.put("image", settings.images().envoy());
    container.put("restartPolicy", "Always");
    container.put("command", command());
    container.put(
        "args",
        List.of(
            "--disable-hot-restart",
            "--concurrency",
            "2",
            "--log-level",
            "warning",
            "--service-node",
            "$(POD_NAME).$(NAMESPACE)",
            "--config-yaml",
            settings.bootstrap()));
    container.put(
        "env",
        List.of(
            field("NODE_NAME", "spec.nodeName"),
            field("NAMESPACE", "metadata.namespace"),
            field("POD_NAME", "metadata.name")));
    container.put("startupProbe", startupProbe());
    container.put("resources", resources("20m", "96Mi", "256Mi"));
    Map<String, Object> security = new LinkedHashMap<>();
    security.put("runAsUser", RedirectRules.DEFAULT_PROXY_UID);
    security.put("runAsGroup", RedirectRules.DEFAULT_PROXY_UID);
    security.put("runAsNonRoot", true);
    security.put("allowPrivilegeEscalation", false);
    security.put("readOnlyRootFilesystem", true);
    security.put("capabilities", Map.of("drop", List.of("ALL")));
    security.put("seccompProfile", Map.of("type", "RuntimeDefault"));
    container.put("securityContext", security);
    settings.credentials().ifPresent(known -> container.put("volumeMounts", known.mounts()));
    return container;
  }

  private List<String> command() {
    return settings
        .credentials()
        .map(known -> List.of("bash", "-ec", known.start(), "envoy"))
        .orElse(List.of("envoy"));
  }

  /**
   * Passes when the outbound listener takes connections, which comes with Envoy's first answer: its
   * {@code /ready} says LIVE also where a listener was refused. On loopback the kubelet's own
   * probes do not reach it.
   */
  private static Map<String, Object> startupProbe() {
    Map<String, Object> probe = new LinkedHashMap<>();
    String connect = "exec 3<>/dev/tcp/127.0.0.1/" + InjectSettings.LISTENER_PORT;
    probe.put("exec", Map.of("command", List.of("bash", "-c", connect)));
    probe.put("periodSeconds", 1);
    probe.put("failureThreshold", 300);
    return probe;
  }

  private static Map<String, Object> field(String name, String path) {
    return ordered("name", name, "valueFrom", Map.of("fieldRef", Map.of("fieldPath", path)));
  }

  private static Map<String, Object> resources(String cpu, String memory, String most) {
    return ordered(
        "requests", ordered("cpu", cpu, "memory", memory), "limits", Map.of("memory", most));
  }

  private static Map<String, Object> ordered(String key, Object value, String other, Object more) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(other, more);
    return map;
  }
}
