package io.github.topologyxds.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One vector of {@code vectors/*.yaml}, with its conventions' defaults applied on reading. */
record Vector(String id, String title, Map<String, Object> data) {

  static List<Vector> read(String file) {
    Object root;
    try (InputStream in =
        Objects.requireNonNull(Vector.class.getResourceAsStream("/vectors/" + file))) {
      root = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    List<Vector> vectors = new ArrayList<>();
    for (Object item : list(map(root).get("vectors"))) {
      Map<String, Object> data = map(item);
      vectors.add(new Vector(text(data.get("id"), ""), text(data.get("title"), ""), data));
    }
    return vectors;
  }

  Map<String, Object> expect() {
    return map(data.get("expect"));
  }

  /** Returns the tiers that a key of {@code expect} lists; empty when the key is absent. */
  List<List<String>> tiers(String key) {
    List<List<String>> tiers = new ArrayList<>();
    for (Object tier : list(expect().get(key))) {
      tiers.add(list(tier).stream().map(ip -> text(ip, "")).sorted().toList());
    }
    return tiers;
  }

  /** Returns the numbers by name that a key of {@code expect} has. */
  Map<String, Integer> numbers(String key) {
    Map<String, Integer> numbers = new TreeMap<>();
    map(expect().get(key))
        .forEach((name, number) -> numbers.put(name, Integer.valueOf(text(number, ""))));
    return numbers;
  }

  /** Returns the reasons of the findings. */
  List<String> findings() {
    return list(expect().get("findings")).stream().map(reason -> text(reason, "")).toList();
  }

  /** Returns the decision with {@code --no-derive}: scope, basis, eligibility and reason. */
  List<String> decision() {
    Object words = data.get("decision");
    if (words == null) {
      throw new IllegalStateException(this + ": no decision");
    }
    return list(words).stream().map(word -> text(word, "")).toList();
  }

  /** Returns the decision by default, which is the other one where the vector has none for it. */
  List<String> derivedDecision() {
    Object words = data.get("derivedDecision");
    return words == null ? decision() : list(words).stream().map(word -> text(word, "")).toList();
  }

  @SuppressWarnings("unchecked") // the vectors' files are our own
  static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // likewise
  static List<Object> list(@Nullable Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }

  static String text(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }

  @Override
  public String toString() {
    return id + " " + title;
  }
}
