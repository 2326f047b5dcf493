package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestContent.Outcome;
import io.github.topologyxds.source.mapping.Places;
import io.github.topologyxds.source.mapping.ReadableKind;
import io.github.topologyxds.source.yaml.JsonComposer;
import io.github.topologyxds.source.yaml.ManifestNode;
import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import io.github.topologyxds.source.yaml.ManifestSyntaxException;
import io.github.topologyxds.source.yaml.ObjectDecoder;
import io.github.topologyxds.source.yaml.WrittenPlaces;
import io.github.topologyxds.source.yaml.YamlComposer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Kubernetes manifests (YAML documents, JSON, Lists) to model objects and findings. Pure: no file
 * is opened here. A mistake costs the object that it stands in; a text that is no YAML at all costs
 * the whole text. Lives on one thread's stack.
 */
public final class ManifestReader {
  private static final String TEMPLATE =
      "looks like a Helm template: render it first (helm template) and give what it prints";

  private final String file;
  private final ObjectTarget target;
  private final List<Finding> findings = new ArrayList<>();
  private final SortedMap<String, Integer> passedOver = new TreeMap<>();
  private Outcome outcome = Outcome.COMPLETE;

  private ManifestReader(String file, ObjectTarget target) {
    this.file = file;
    this.target = target;
  }

  /**
   * Reads a text.
   *
   * @param file the file's name for messages; a name that ends in {@code .json} is read as JSON
   */
  public static ManifestContent read(String file, String text) {
    ModelTarget target = new ModelTarget();
    ManifestContent content = read(file, text, target);
    return new ManifestContent(
        content.outcome(), target.objects(), content.findings(), content.passedOver());
  }

  /** Reads a text for somebody else, who keeps the objects; the content names none. */
  public static ManifestContent read(String file, String text, ObjectTarget target) {
    ManifestReader reader = new ManifestReader(file, target);
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
      List<ManifestNode> documents =
          json ? JsonComposer.compose(withoutMark) : YamlComposer.compose(withoutMark);
      documents.forEach(document -> reader.object(document, "", ""));
      reader.summary(documents);
      reader.template(withoutMark);
    } catch (ManifestSyntaxException e) {
      int line = NearMiss.helmTemplate(withoutMark).orElse(0);
      return line == 0
          ? unusable(Reason.YAML_INVALID, reader.place(e.line()), e.getMessage())
          : unusable(Reason.YAML_INVALID, reader.place(line), TEMPLATE);
    }
    return new ManifestContent(reader.outcome, List.of(), reader.findings, reader.passedOver);
  }

  /** Returns the content of a file that gives nothing, for the reason that the message tells. */
  public static ManifestContent unusable(Reason reason, FilePlace place, @Nullable String message) {
    Finding finding = Finding.of(reason, place, message == null ? "" : message);
    return new ManifestContent(Outcome.UNUSABLE, List.of(), List.of(finding), new TreeMap<>());
  }

  private void object(ManifestNode node, String listKind, String listVersion) {
    if (!(node instanceof Mapping mapping)) {
      String found = node instanceof Sequence ? "a list" : "a single value";
      refuse(node.line(), found + " is no Kubernetes object; expected apiVersion, kind, metadata");
      return;
    }
    String kind = textOr(mapping, "kind", listKind);
    String version = textOr(mapping, "apiVersion", listVersion);
    if (kind.isEmpty() || version.isEmpty()) {
      String missing = kind.isEmpty() ? "kind" : "apiVersion";
      NearMiss.ofFile(file)
          .ifPresentOrElse(
              what -> refuse(Reason.KIND_UNKNOWN, node.line(), what),
              () ->
                  refuse(
                      node.line(), "no Kubernetes object: " + missing + " is missing or no text"));
      return;
    }
    ManifestNode items = get(mapping, "items");
    if (kind.endsWith("List") && items != null) {
      boolean twice = mapping.entries().stream().filter(e -> e.key().equals("items")).count() > 1;
      if (twice) {
        refuse(node.line(), "the field items stands twice in a list");
      } else {
        items(items, kind, version);
      }
      return;
    }
    Optional<ReadableKind> used =
        target.kinds().stream()
            .filter(known ->
                known.kind().apiVersion().equals(version) && known.kind().label().equals(kind))
            .findFirst();
    used.ifPresentOrElse(known -> decode(mapping, known), () -> pass(mapping, version, kind));
  }

  /** What is misspelt may well be the object that is missing now, so that the file is not whole. */
  private void pass(Mapping mapping, String version, String kind) {
    NearMiss.of(version, kind, target.kinds().stream().map(ReadableKind::kind).toList())
        .ifPresentOrElse(
            meant -> {
              ManifestNode written = get(mapping, "kind");
              int line = written == null ? mapping.line() : written.line();
              refuse(Reason.KIND_UNKNOWN, line, meant);
            },
            () -> passedOver.merge(NearMiss.shown(version, kind), 1, Integer::sum));
  }

  /** The API server leaves kind and apiVersion out of the items of a ServiceList, not of a List. */
  private void items(ManifestNode items, String kind, String version) {
    if (ManifestNode.isNull(items)) {
      return;
    }
    if (!(items instanceof Sequence sequence)) {
      refuse(items.line(), "the items of a kind that ends in List must be a list");
      return;
    }
    String itemKind = kind.substring(0, kind.length() - "List".length());
    for (ManifestNode item : sequence.items()) {
      object(item, itemKind, itemKind.isEmpty() ? "" : version);
    }
  }

  private void decode(Mapping mapping, ReadableKind kind) {
    ObjectKey name = describe(mapping, kind);
    ObjectDecoder decoder = new ObjectDecoder();
    var values = decoder.decode(mapping, kind.fields());
    boolean usable = true;
    for (ObjectDecoder.Mistake mistake : decoder.mistakes()) {
      String more = mistake.count() == 1 ? "" : " (and " + (mistake.count() - 1) + " more)";
      String message = place(mistake.line()).path() + ": " + mistake.message() + more;
      findings.add(Finding.of(mistake.reason(), name, message));
      usable &= mistake.reason() == Reason.FIELD_UNKNOWN;
    }
    if (!usable) {
      outcome = Outcome.PARTIAL;
      return;
    }
    try {
      Places places = new WrittenPlaces(file, mapping);
      ObjectTarget.Verdict verdict =
          target.accept(kind, new ObjectTarget.Written(mapping, values, places));
      findings.addAll(verdict.findings());
      outcome = verdict.usable() ? outcome : Outcome.PARTIAL;
    } catch (JacksonException e) {
      // Cannot happen while ObjectDecoder knows all types; a user's data must not throw all the
      // same. Without the message, which quotes.
      refuse(mapping.line(), "a field has a value that cannot be read");
    }
  }

  private void refuse(int line, String message) {
    refuse(Reason.OBJECT_INVALID, line, message);
  }

  private void refuse(Reason reason, int line, String message) {
    outcome = Outcome.PARTIAL;
    findings.add(Finding.of(reason, place(line), message));
  }

  /** Some templates are YAML all the same; their names and values are not what is meant. */
  private void template(String text) {
    if (outcome != Outcome.COMPLETE) {
      NearMiss.helmTemplate(text).ifPresent(line -> refuse(line, TEMPLATE));
    }
  }

  private void summary(List<ManifestNode> documents) {
    passedOver.forEach((kind, count) ->
        findings.add(
            Finding.of(
                Reason.KIND_PASSED_OVER,
                FilePlace.of(file),
                count + " of kind " + kind + " not used")));
    if (documents.isEmpty()) {
      findings.add(Finding.of(Reason.INPUT_EMPTY, FilePlace.of(file), "no object stands in it"));
    }
  }

  private FilePlace place(int line) {
    return new FilePlace(file, line);
  }

  private static ObjectKey describe(Mapping object, ReadableKind kind) {
    String namespace = "";
    String name = "";
    if (get(object, "metadata") instanceof Mapping metadata) {
      namespace = textOr(metadata, "namespace", "");
      name = textOr(metadata, "name", name);
    }
    String within = !kind.kind().namespaced() ? "" : namespace.isEmpty() ? "default" : namespace;
    return new ObjectKey(kind.kind(), new ObjectName(within, name));
  }

  private static String textOr(Mapping mapping, String key, String otherwise) {
    return get(mapping, key) instanceof Scalar scalar && !scalar.isNull()
        ? scalar.text()
        : otherwise;
  }

  static @Nullable ManifestNode get(Mapping mapping, String key) {
    for (Entry entry : mapping.entries()) {
      if (entry.key().equals(key)) {
        return entry.value();
      }
    }
    return null;
  }
}
