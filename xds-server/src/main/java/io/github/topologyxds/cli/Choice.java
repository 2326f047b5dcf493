package io.github.topologyxds.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads one of an enum's labels, and says which there are when it is none of them. */
final class Choice {
  private Choice() {}

  static <E> E of(String text, E[] values, Function<E, String> label) {
    List<String> allowed = new ArrayList<>();
    for (E value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
      allowed.add(label.apply(value));
    }
    throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", allowed));
  }
}
