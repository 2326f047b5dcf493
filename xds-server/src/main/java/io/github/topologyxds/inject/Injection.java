package io.github.topologyxds.inject;

import io.github.topologyxds.inject.Workloads.Workload;
import io.github.topologyxds.inject.WrittenMapping.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Manifests with sidecars in them.
 *
 * @param text the manifests
 * @param injected the workloads that were given one, by kind and name
 * @param left those that had one
 */
public record Injection(String text, List<String> injected, List<String> left) {
  private static final List<String> PROXY_VARIABLES = List.of("http_proxy", "HTTP_PROXY");

  public Injection {
    injected = List.copyOf(injected);
    left = List.copyOf(left);
  }

  /**
   * Puts a sidecar into each workload that has none.
   *
   * @throws InjectionRefused when the text is no YAML, or a workload cannot have one
   */
  public static Injection of(String text, InjectSettings settings) throws InjectionRefused {
    YamlEdits edits = new YamlEdits(text);
    List<String> injected = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Workload workload : Workloads.of(text)) {
      if (hasProxy(workload.pod())) {
        left.add(workload.name());
      } else {
        Refusals.check(workload.pod(), settings.mode());
        inject(workload.pod(), settings, edits);
        injected.add(workload.name());
      }
    }
    return new Injection(edits.result(), injected, left);
  }

  private static boolean hasProxy(WrittenMapping pod) throws InjectionRefused {
    for (WrittenMapping container : pod.items("initContainers")) {
      if (container.text("name").equals(SidecarContainers.PROXY)) {
        return true;
      }
    }
    return false;
  }

  private static void inject(WrittenMapping pod, InjectSettings settings, YamlEdits edits)
      throws InjectionRefused {
    Field containers =
        pod.field("containers")
            .filter(field -> !field.isNull())
            .orElseThrow(() -> pod.refused("has no containers"));
    if (settings.mode().redirect().isEmpty()) {
      for (String list : List.of("initContainers", "containers")) {
        for (WrittenMapping container : pod.ownItems(list)) {
          pointAtProxy(container, edits);
        }
      }
    }
    edits.prepend(pod, "initContainers", new SidecarContainers(settings).all(), containers);
    if (settings.credentials().isPresent()) {
      edits.prepend(pod, "volumes", settings.credentials().get().volumes(), containers);
    }
  }

  /** A proxy that the user has named stays. */
  private static void pointAtProxy(WrittenMapping container, YamlEdits edits)
      throws InjectionRefused {
    Map<String, String> variables = new TreeMap<>();
    variables.put("http_proxy", "http://127.0.0.1:" + InjectSettings.LISTENER_PORT);
    variables.put("no_proxy", "localhost,127.0.0.1,::1");
    for (WrittenMapping variable : container.items("env")) {
      String name = variable.text("name");
      variables.remove(name);
      if (PROXY_VARIABLES.contains(name)) {
        return;
      }
    }
    Field name =
        container.field("name").orElseThrow(() -> container.refused("a container has no name"));
    List<Object> items = new ArrayList<>();
    variables.forEach((key, value) -> {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", key);
      item.put("value", value);
      items.add(item);
    });
    edits.prepend(container, "env", items, name);
  }
}
