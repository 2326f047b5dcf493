package io.github.topologyxds.source.yaml;

import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds trees from YAML: one per document that holds anything. Lives on one thread's stack. */
public final class YamlComposer {
  /** Far deeper than any Kubernetes object; recursion must not end in a StackOverflowError. */
  private static final int DEEPEST = 200;

  /**
   * What aliases may add up to ("billion laughs"): ten times what is written, as memory is given by
   * the size of the text, and what a small text needs.
   */
  private static final long MAX_ALIASED_PER_WRITTEN = 10;

  private static final long ALWAYS_ALLOWED_ALIASED = 10_000;

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private long composed;
  private long aliased;

  private record Anchored(ManifestNode node, long size) {}

  private YamlComposer(String text) {
    // The default limit of 3 MB is there for servers that read a stranger's text.
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Returns the documents of a YAML text, without the empty ones.
   *
   * @throws ManifestSyntaxException when it is no YAML, or too large once its aliases are followed;
   *     says the line
   */
  public static List<ManifestNode> compose(String text) throws ManifestSyntaxException {
    try {
      return new YamlComposer(text).documents();
    } catch (YamlEngineException e) {
      throw YamlSyntax.explain(e, text);
    }
  }

  private List<ManifestNode> documents() throws ManifestSyntaxException {
    List<ManifestNode> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        anchors.clear();
        ManifestNode document = node(events.next(), 0);
        if (!ManifestNode.isNull(document)) {
          documents.add(document);
        }
      }
    }
    return documents;
  }

  private ManifestNode node(Event event, int depth) throws ManifestSyntaxException {
    if (depth > DEEPEST) {
      throw new ManifestSyntaxException(line(event), "more than " + DEEPEST + " levels of nesting");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    long before = composed++;
    ManifestNode node =
        switch (event.getEventId()) {
          case SequenceStart -> sequence(event, depth);
          case MappingStart -> mapping(event, depth);
          default -> scalar((ScalarEvent) event);
        };
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(name -> anchors.put(name, new Anchored(node, composed - before)));
    return node;
  }

  private ManifestNode aliased(AliasEvent alias) throws ManifestSyntaxException {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw new ManifestSyntaxException(
          line(alias),
          "an alias (*) has no anchor (&) before it; a text that begins so needs quotes");
    }
    composed += anchored.size;
    aliased += anchored.size;
    if (aliased > ALWAYS_ALLOWED_ALIASED + MAX_ALIASED_PER_WRITTEN * (composed - aliased)) {
      throw new ManifestSyntaxException(
          line(alias), "the aliases stand for more than ten times what is written");
    }
    return anchored.node;
  }

  private Sequence sequence(Event start, int depth) throws ManifestSyntaxException {
    List<ManifestNode> items = new ArrayList<>(4);
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Sequence(line(start), items);
  }

  private Mapping mapping(Event start, int depth) throws ManifestSyntaxException {
    List<Entry> entries = new ArrayList<>(6);
    List<Entry> merged = new ArrayList<>(0);
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      if (!(node(next, depth + 1) instanceof Scalar key)) {
        throw new ManifestSyntaxException(line(next), "a key must be a text");
      }
      ManifestNode value = node(events.next(), depth + 1);
      if (key.plain() && key.text().equals("<<")) {
        merge(merged, value);
      } else {
        entries.add(new Entry(line(next), key.text(), value));
      }
    }
    if (!merged.isEmpty()) {
      Set<String> keys = new HashSet<>();
      entries.forEach(entry -> keys.add(entry.key()));
      merged.stream().filter(entry -> keys.add(entry.key())).forEach(entries::add);
    }
    return new Mapping(line(start), entries);
  }

  /** YAML 1.1's merge key, which kubectl knows and people use; keys that stand beside it win. */
  private static void merge(List<Entry> merged, ManifestNode value) throws ManifestSyntaxException {
    switch (value) {
      case Mapping mapping -> merged.addAll(mapping.entries());
      case Sequence sequence -> {
        for (ManifestNode item : sequence.items()) {
          merge(merged, item);
        }
      }
      case Scalar scalar ->
          throw new ManifestSyntaxException(scalar.line(), "<< must be followed by a mapping");
    }
  }

  private static Scalar scalar(ScalarEvent event) {
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    return new Scalar(line(event), event.getValue(), plain);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
