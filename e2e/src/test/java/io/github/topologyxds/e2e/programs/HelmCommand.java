package io.github.topologyxds.e2e.programs;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code helm} as far as the pages use it, over Helm's own code: a machine that has a
 * JDK needs no Helm to run them. A flag that is not one of these is refused.
 *
 * @param verb {@code template}, {@code install}, {@code upgrade}, {@code uninstall}, {@code lint}
 * @param names release and chart, as far as the verb has them
 * @param namespace of the release
 * @param files values, one over the other
 * @param sets values of {@code --set}, over the files
 * @param switches flags without a value
 */
public record HelmCommand(
    String verb,
    List<String> names,
    String namespace,
    List<Path> files,
    Map<String, String> sets,
    List<String> switches) {
  private static final String KUBERNETES = "1.36.0";
  private static final List<String> SWITCHES =
      List.of("--create-namespace", "--install", "--reuse-values", "--dry-run");

  /** Runs it, against the cluster of {@code KUBECONFIG}. */
  public static void main(String[] arguments) {
    System.out.println(of(List.of(arguments)).run(Path.of(System.getenv("KUBECONFIG"))));
  }

  /** Takes it apart; {@link IllegalArgumentException} for what Helm, or this, does not know. */
  public static HelmCommand of(List<String> arguments) {
    Deque<String> words = new ArrayDeque<>(arguments);
    String verb = words.pop();
    if (!List.of("template", "install", "upgrade", "uninstall", "lint").contains(verb)) {
      throw new IllegalArgumentException("helm " + verb);
    }
    List<String> names = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    Map<String, String> sets = new LinkedHashMap<>();
    List<String> switches = new ArrayList<>();
    String namespace = "default";
    while (!words.isEmpty()) {
      String word = words.pop();
      switch (word) {
        case "-n", "--namespace" -> namespace = words.pop();
        case "-f", "--values" -> files.add(Path.of(words.pop()));
        case "--set" -> {
          String[] pair = words.pop().split("=", 2);
          sets.put(pair[0], pair[1]);
        }
        default -> {
          if (!word.startsWith("-")) {
            names.add(word);
          } else if (SWITCHES.contains(word)) {
            switches.add(word);
          } else {
            throw new IllegalArgumentException("helm " + verb + " " + word);
          }
        }
      }
    }
    return new HelmCommand(verb, names, namespace, files, sets, switches);
  }

  /** The same, run in a folder: paths are relative to that. */
  public HelmCommand at(Path folder) {
    List<String> there = new ArrayList<>(names);
    if (there.size() > 1) {
      there.set(1, folder.resolve(there.get(1)).toString());
    }
    List<Path> filesThere = files.stream().map(folder::resolve).toList();
    return new HelmCommand(verb, there, namespace, filesThere, sets, switches);
  }

  /** Runs it and returns what Helm prints; {@link IllegalStateException} with its message. */
  public String run(Path kubeconfig) {
    return switch (verb) {
      case "template" -> rendered();
      case "install" -> installed(kubeconfig);
      case "upgrade" -> upgraded(kubeconfig);
      case "uninstall" ->
          Helm.uninstall(names.getFirst())
              .withNamespace(namespace)
              .withKubeConfig(kubeconfig)
              .call();
      case "lint" ->
          String.join("\n", new Helm(Path.of(names.getFirst())).lint().call().getMessages());
      default -> throw new IllegalStateException(verb);
    };
  }

  private Helm chart() {
    return new Helm(Path.of(names.get(1)));
  }

  /** Renders what {@code template}, {@code install} and {@code upgrade} would. */
  public String rendered() {
    TemplateCommand command =
        chart()
            .template()
            .withName(names.getFirst())
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES);
    files.forEach(command::withValuesFile);
    sets.forEach(command::set);
    return command.call();
  }

  private String installed(Path kubeconfig) {
    InstallCommand command =
        chart()
            .install()
            .withName(names.getFirst())
            .withNamespace(namespace)
            .withKubeConfig(kubeconfig);
    if (switches.contains("--create-namespace")) {
      command.createNamespace();
    }
    if (switches.contains("--dry-run")) {
      command.dryRun();
    }
    files.forEach(command::withValuesFile);
    sets.forEach(command::set);
    return command.call().getOutput();
  }

  private String upgraded(Path kubeconfig) {
    UpgradeCommand command =
        chart()
            .upgrade()
            .withName(names.getFirst())
            .withNamespace(namespace)
            .withKubeConfig(kubeconfig);
    if (switches.contains("--install")) {
      command.install();
    }
    if (switches.contains("--reuse-values")) {
      command.reuseValues();
    }
    if (switches.contains("--create-namespace")) {
      command.createNamespace();
    }
    files.forEach(command::withValuesFile);
    sets.forEach(command::set);
    return command.call().getOutput();
  }
}
