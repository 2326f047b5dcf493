package io.github.topologyxds.source.snapshot;

import java.io.DataInput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records as bytes, made of their own components, so that what is added to the model is kept
 * without a second description of it. A text that occurs again is written as a number. What was
 * written can be read by the same shape alone, which {@link #shape} tells. For one thread and one
 * writing or reading.
 */
final class RecordCodec {
  private final TextNumbers written = new TextNumbers();
  private final List<String> texts = new ArrayList<>();
  private final Map<Type, Form> forms = new HashMap<>();

  /** Writes a record. */
  void write(Record value, GrowingBytes out) throws IOException {
    form(value.getClass()).write(value, out);
  }

  /**
   * Reads a record that {@link #write} has written.
   *
   * @throws IOException when the bytes are none
   */
  <T extends Record> T read(Class<T> type, DataInput in) throws IOException {
    return type.cast(form(type).read(in));
  }

  /**
   * Returns a text that differs when records of this type, or what they hold, are made otherwise.
   */
  static String shape(Class<? extends Record> type) {
    StringBuilder shape = new StringBuilder();
    describe(type, shape, new TreeSet<>());
    return shape.toString();
  }

  private static void describe(Type type, StringBuilder shape, Set<String> known) {
    shape.append(type.getTypeName()).append(';');
    if (type instanceof ParameterizedType many) {
      Arrays.stream(many.getActualTypeArguments()).forEach(one -> describe(one, shape, known));
    } else if (type instanceof Class<?> one && known.add(one.getName())) {
      if (one.isEnum()) {
        shape.append(Arrays.toString(one.getEnumConstants()));
      } else if (one.isRecord()) {
        for (RecordComponent component : one.getRecordComponents()) {
          shape.append(component.getName()).append(' ');
          describe(component.getGenericType(), shape, known);
        }
      }
    }
  }

  private Form form(Type type) {
    Form known = forms.get(type);
    if (known == null) {
      known = make(type);
      forms.put(type, known);
    }
    return known;
  }

  private Form make(Type type) {
    if (type instanceof ParameterizedType many) {
      Type[] of = many.getActualTypeArguments();
      Type raw = many.getRawType();
      return Map.class.isAssignableFrom((Class<?>) raw)
          ? new Form.OfMap(form(of[0]), form(of[1]))
          : new Form.OfCollection((Class<?>) raw, form(of[0]));
    }
    Class<?> one = (Class<?>) type;
    if (one.isRecord()) {
      return ofRecord(one);
    }
    if (one.isEnum()) {
      List<?> constants = List.of(one.getEnumConstants());
      return new Form.OfValue(
          (v, out) -> out.write(constants.indexOf(v)), in -> constants.get(in.readUnsignedByte()));
    }
    return switch (one.getName()) {
      case "java.lang.String" -> new Form.OfValue(this::writeText, this::readText);
      case "int" -> new Form.OfValue((v, out) -> out.writeInt((Integer) v), DataInput::readInt);
      case "long" -> new Form.OfValue((v, out) -> out.writeLong((Long) v), DataInput::readLong);
      case "double" ->
          new Form.OfValue(
              (v, out) -> out.writeLong(Double.doubleToLongBits((Double) v)),
              DataInput::readDouble);
      case "boolean" ->
          new Form.OfValue((v, out) -> out.write((Boolean) v ? 1 : 0), DataInput::readBoolean);
      case "java.time.Instant" ->
          new Form.OfValue(
              (v, out) -> out.writeLong(((Instant) v).toEpochMilli()),
              in -> Instant.ofEpochMilli(in.readLong()));
      case "java.time.Duration" ->
          new Form.OfValue(
              (v, out) -> out.writeLong(((Duration) v).toMillis()),
              in -> Duration.ofMillis(in.readLong()));
      default -> throw new IllegalArgumentException("no form for " + one);
    };
  }

  private Form ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      Form.Part[] parts =
          Arrays.stream(components)
              .map(one -> new Form.Part(Accessor.of(one), form(one.getGenericType())))
              .toArray(Form.Part[]::new);
      return new Form.OfRecord(constructor, parts);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  private void writeText(Object value, GrowingBytes out) throws IOException {
    String text = (String) value;
    int known = written.numberOf(text);
    out.writeSize(known);
    if (known == 0) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeSize(bytes.length);
      out.write(bytes, 0, bytes.length);
    }
  }

  private String readText(DataInput in) throws IOException {
    int number = Form.readSize(in);
    if (number == 0) {
      byte[] bytes = new byte[Form.readSize(in)];
      in.readFully(bytes);
      texts.add(new String(bytes, StandardCharsets.UTF_8));
      return texts.getLast();
    }
    if (number > texts.size()) {
      throw new IOException("a text is missing");
    }
    return texts.get(number - 1);
  }
}
