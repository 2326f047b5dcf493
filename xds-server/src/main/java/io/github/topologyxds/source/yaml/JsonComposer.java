package io.github.topologyxds.source.yaml;

import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds trees from JSON, one per value of the text. Not left to the YAML parser, for which tabs
 * and long keys in JSON are errors. The parser limits the depth (500).
 */
public final class JsonComposer {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private JsonComposer() {}

  /**
   * Returns the values of a JSON text, one after the other, without nulls.
   *
   * @throws ManifestSyntaxException when it is no JSON; says the line
   */
  public static List<ManifestNode> compose(String text) throws ManifestSyntaxException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      List<ManifestNode> documents = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.VALUE_NULL) {
          documents.add(node(parser, token));
        }
      }
      return documents;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      String problem = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
      throw new ManifestSyntaxException(line, "not JSON: " + SyntaxWords.json(problem));
    }
  }

  private static ManifestNode node(JsonParser parser, JsonToken token) {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (token) {
      case START_OBJECT -> mapping(parser, line);
      case START_ARRAY -> sequence(parser, line);
      case VALUE_STRING -> new Scalar(line, parser.getString(), false);
      default -> new Scalar(line, parser.getString(), true);
    };
  }

  private static Mapping mapping(JsonParser parser, int line) {
    List<Entry> entries = new ArrayList<>(6);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int keyLine = parser.currentTokenLocation().getLineNr();
      String key = parser.currentName();
      entries.add(new Entry(keyLine, key, node(parser, parser.nextToken())));
    }
    return new Mapping(line, entries);
  }

  private static Sequence sequence(JsonParser parser, int line) {
    List<ManifestNode> items = new ArrayList<>(4);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(parser, token));
    }
    return new Sequence(line, items);
  }
}
