package io.github.topologyxds.inject;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping as a user wrote it.
 *
 * @param object whose it is, for messages
 */
record WrittenMapping(MappingNode node, String object) {
  /** A field: its key and its value. */
  record Field(ScalarNode key, Node value) {
    /** Whether it is written elsewhere, and only named here ({@code *anchor}). */
    boolean aliased() {
      return mark(value.getStartMark()).getIndex() < mark(key.getEndMark()).getIndex();
    }

    /** Whether it is null, in any of YAML's ways. */
    boolean isNull() {
      return value instanceof ScalarNode scalar
          && switch (scalar.getScalarStyle()) {
            case PLAIN ->
                switch (scalar.getValue()) {
                  case "", "~", "null", "Null", "NULL" -> true;
                  default -> false;
                };
            default -> false;
          };
    }
  }

  static Mark mark(Optional<Mark> mark) {
    return mark.orElseThrow(() -> new IllegalStateException("the parser keeps no marks"));
  }

  boolean inFlow() {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  /**
   * Returns the field of this name; empty: there is none.
   *
   * @throws InjectionRefused when it may come from elsewhere, by a merge key
   */
  Optional<Field> field(String name) throws InjectionRefused {
    Optional<Field> found = written(name);
    if (found.isEmpty() && written("<<").isPresent()) {
      throw refused("has a merge key (<<) where " + name + " would be; write the fields out");
    }
    return found;
  }

  /** What reads the manifest after us may take the other one, or refuse both. */
  private Optional<Field> written(String name) throws InjectionRefused {
    Optional<Field> found = Optional.empty();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        if (found.isPresent()) {
          throw refused("has " + name + " twice; leave one");
        }
        found = Optional.of(new Field(key, tuple.getValueNode()));
      }
    }
    return found;
  }

  /** Returns the mapping at a path of fields; empty: it is not there, or null. */
  Optional<WrittenMapping> at(String... path) throws InjectionRefused {
    WrittenMapping mapping = this;
    for (String name : path) {
      Optional<Field> field = mapping.field(name);
      if (field.isEmpty() || field.get().isNull()) {
        return Optional.empty();
      }
      mapping = mapping.mapping(field.get());
    }
    return Optional.of(mapping);
  }

  private WrittenMapping mapping(Field field) throws InjectionRefused {
    if (field.aliased()) {
      throw refused("has an alias (*) as " + field.key.getValue() + "; write it out");
    }
    if (field.value instanceof MappingNode inner) {
      return new WrittenMapping(inner, object);
    }
    throw refused(field.key.getValue() + " is no mapping");
  }

  /** Returns the text at a path of fields; "": there is none. */
  String text(String... path) throws InjectionRefused {
    String[] parents = List.of(path).subList(0, path.length - 1).toArray(String[]::new);
    Optional<WrittenMapping> parent = at(parents);
    Optional<Field> field =
        parent.isEmpty() ? Optional.empty() : parent.get().written(path[path.length - 1]);
    return field
        .filter(found -> !found.isNull() && found.value instanceof ScalarNode)
        .map(found -> ((ScalarNode) found.value).getValue())
        .orElse("");
  }

  /**
   * Returns the mappings of a list whose items are going to be changed.
   *
   * @throws InjectionRefused when one is written elsewhere, and would be changed there too
   */
  List<WrittenMapping> ownItems(String name) throws InjectionRefused {
    Optional<Field> field = field(name);
    if (field.isPresent()) {
      int before = mark(field.get().key.getEndMark()).getIndex();
      for (WrittenMapping item : items(name)) {
        int begin = mark(item.node.getStartMark()).getIndex();
        if (field.get().aliased() || begin <= before) {
          throw refused("has an alias (*) in " + name + "; write it out");
        }
        before = begin;
      }
    }
    return items(name);
  }

  /** Returns the mappings of a list; none where there is no list. */
  List<WrittenMapping> items(String name) throws InjectionRefused {
    Optional<Field> field = field(name);
    if (field.isEmpty() || !(field.get().value instanceof SequenceNode sequence)) {
      return List.of();
    }
    return sequence.getValue().stream()
        .filter(MappingNode.class::isInstance)
        .map(item -> new WrittenMapping((MappingNode) item, object))
        .toList();
  }

  InjectionRefused refused(String why) {
    int line = mark(node.getStartMark()).getLine() + 1;
    return new InjectionRefused(object + " (line " + line + "): " + why);
  }
}
