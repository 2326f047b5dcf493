package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is not read but looks as if it were meant to be: a misspelt kind, one under another
 * apiVersion, and the sources of tools that make manifests. Of the text it says only what has the
 * form of a kind or of an apiVersion.
 */
public final class NearMiss {
  private static final Pattern VERSION =
      Pattern.compile("([a-z0-9][a-z0-9.-]{0,62}/)?[vV][0-9]{1,3}((alpha|beta)[0-9]{1,3})?");
  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern HELM =
      Pattern.compile(
          "\\{\\{-?\\s*([.$(]|(if|else|end|range|with|include|template|define|tpl)\\b)");

  private static final String KUSTOMIZATION =
      "a kustomization is not read: build it first (kubectl kustomize FOLDER) and give what it"
          + " prints";

  private NearMiss() {}

  /** Returns what was probably meant by a kind that is not read; empty when it is just another. */
  public static Optional<String> of(String apiVersion, String kind, Collection<ObjectKind> kinds) {
    if (apiVersion.startsWith("kustomize.config.k8s.io/")) {
      return Optional.of(KUSTOMIZATION);
    }
    return kinds.stream()
        .filter(meant -> isMisspelt(kind, meant.label()))
        .filter(meant -> apiVersion.equals(meant.apiVersion()) || isOfKubernetes(apiVersion))
        .min(Comparator.comparingInt(meant -> EditDistance.between(meant.label(), kind)))
        .map(meant ->
            kind.equals(meant.label()) ? otherVersion(apiVersion, meant) : otherKind(kind, meant));
  }

  /**
   * Returns what a file is that has no kind in it, by its name; empty when it might be anything.
   */
  public static Optional<String> ofFile(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "kustomization.yaml", "kustomization.yml" -> Optional.of(KUSTOMIZATION);
      case "chart.yaml", "values.yaml" ->
          Optional.of("a part of a Helm chart is not read: render the chart first (helm template)");
      default -> Optional.empty();
    };
  }

  /** Returns the 1-based line of the first mark of a Helm template; empty when there is none. */
  public static Optional<Integer> helmTemplate(String text) {
    var mark = HELM.matcher(text);
    return mark.find()
        ? Optional.of(
            1 + (int) text.substring(0, mark.start()).chars().filter(c -> c == '\n').count())
        : Optional.empty();
  }

  /** Returns a kind and its apiVersion for people. */
  public static String shown(String apiVersion, String kind) {
    return KIND.matcher(kind).matches() && VERSION.matcher(apiVersion).matches()
        ? Finding.quote(apiVersion + " " + kind)
        : "unknown";
  }

  private static boolean isMisspelt(String kind, String meant) {
    return kind.equalsIgnoreCase(meant) || EditDistance.isMisspelling(kind, meant);
  }

  /** Other groups may have kinds of these names: Knative has a Service. */
  private static boolean isOfKubernetes(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
  }

  private static String otherVersion(String apiVersion, ObjectKind meant) {
    String written = VERSION.matcher(apiVersion).matches() ? " and not " + apiVersion : "";
    return meant.label() + " is read with apiVersion " + meant.apiVersion() + written;
  }

  private static String otherKind(String kind, ObjectKind meant) {
    return "there is no kind "
        + Finding.quote(kind)
        + " that is read; did you mean "
        + meant.label()
        + "?";
  }
}
