package io.github.topologyxds.source.yaml;

import io.github.topologyxds.source.mapping.Places;
import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The places of one object of a file.
 *
 * @param file its name
 * @param tree the object as it was written
 */
public record WrittenPlaces(String file, Mapping tree) implements Places {
  @Override
  public String of(String... path) {
    int line = tree.line();
    ManifestNode node = tree;
    for (String step : path) {
      switch (node) {
        case Mapping mapping -> {
          Entry entry = entry(mapping, step);
          if (entry == null) {
            return file + ":" + line;
          }
          line = entry.line();
          node = entry.value();
        }
        case Sequence sequence -> {
          node = sequence.items().get(Integer.parseInt(step));
          line = node.line();
        }
        case ManifestNode.Scalar scalar -> {
          return file + ":" + line;
        }
      }
    }
    return file + ":" + line;
  }

  private static @Nullable Entry entry(Mapping mapping, String key) {
    for (Entry entry : mapping.entries()) {
      if (entry.key().equals(key)) {
        return entry;
      }
    }
    return null;
  }
}
