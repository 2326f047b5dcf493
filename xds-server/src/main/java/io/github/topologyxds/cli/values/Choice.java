package io.github.topologyxds.cli.values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of which there are a few, each with its word: reads the word, says which there are when
 * it is none of them, and tells shells what to complete.
 */
public abstract class Choice<E> implements ITypeConverter<E>, Iterable<String> {
  private final List<E> values;
  private final Function<E, String> label;

  /** There are these. */
  public Choice(E[] values, Function<E, String> label) {
    this.values = List.copyOf(Arrays.asList(values));
    this.label = label;
  }

  @Override
  public E convert(String text) {
    List<String> allowed = new ArrayList<>();
    for (E value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
      allowed.add(label.apply(value));
    }
    throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", allowed));
  }

  @Override
  public Iterator<String> iterator() {
    return values.stream().map(label).iterator();
  }
}
