package io.github.topologyxds.inject;

import io.github.topologyxds.source.yaml.ManifestSyntaxException;
import io.github.topologyxds.source.yaml.YamlComposer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The workloads of a text, each with the Pod that it makes. */
final class Workloads {
  /**
   * A workload.
   *
   * @param name for messages: kind, namespace if it has one, name
   * @param pod its Pod's spec
   */
  record Workload(String name, WrittenMapping pod) {}

  private Workloads() {}

  /** Returns them in their order; what is none is passed over. */
  static List<Workload> of(String text) throws InjectionRefused {
    try {
      // Says what is wrong in one line, and counts what aliases stand for.
      YamlComposer.compose(text);
    } catch (ManifestSyntaxException e) {
      throw new InjectionRefused("line " + e.line() + ": " + e.getMessage());
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    List<Workload> workloads = new ArrayList<>();
    for (Node document : new Compose(settings).composeAllFromString(text)) {
      if (document instanceof MappingNode object) {
        add(workloads, new WrittenMapping(object, "an object"));
      }
    }
    return workloads;
  }

  private static void add(List<Workload> workloads, WrittenMapping object) throws InjectionRefused {
    String kind = object.text("kind");
    if (kind.equals("List") && object.text("apiVersion").equals("v1")) {
      for (WrittenMapping item : object.ownItems("items")) {
        add(workloads, item);
      }
      return;
    }
    Optional<String[]> path = podSpec(object.text("apiVersion"), kind);
    if (path.isPresent()) {
      String name = name(object, kind);
      WrittenMapping named = new WrittenMapping(object.node(), name);
      WrittenMapping pod =
          named
              .at(path.get())
              .orElseThrow(() -> named.refused("has no " + String.join(".", path.get())));
      workloads.add(new Workload(name, pod));
    }
  }

  /** Where a kind has the spec of its Pods; empty for other kinds, and those of other groups. */
  private static Optional<String[]> podSpec(String apiVersion, String kind) {
    String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    return switch (group + "/" + kind) {
      case "/Pod" -> Optional.of(new String[] {"spec"});
      case "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "batch/Job" ->
          Optional.of(new String[] {"spec", "template", "spec"});
      case "batch/CronJob" ->
          Optional.of(new String[] {"spec", "jobTemplate", "spec", "template", "spec"});
      default -> Optional.empty();
    };
  }

  private static String name(WrittenMapping object, String kind) throws InjectionRefused {
    String namespace = object.text("metadata", "namespace");
    String name = object.text("metadata", "name");
    String called = name.isEmpty() ? object.text("metadata", "generateName") : name;
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + called;
  }
}
