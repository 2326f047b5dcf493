package io.github.topologyxds.source.snapshot;

import java.io.DataInput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** How a value of one type is written and read. */
interface Form {
  /** Writes a value of the type. */
  void write(Object value, GrowingBytes out) throws IOException;

  /**
   * Reads one.
   *
   * @throws IOException when the bytes are none
   */
  Object read(DataInput in) throws IOException;

  /** Reads what {@link GrowingBytes#writeSize} has written. */
  static int readSize(DataInput in) throws IOException {
    int size = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.readUnsignedByte();
      size |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return size;
      }
    }
    throw new IOException("a number is too long");
  }

  /** How one is written. */
  interface Writing {
    void write(Object value, GrowingBytes out) throws IOException;
  }

  /** How one is read. */
  interface Reading {
    Object read(DataInput in) throws IOException;
  }

  /** A value without parts. */
  record OfValue(Writing writing, Reading reading) implements Form {
    @Override
    public void write(Object value, GrowingBytes out) throws IOException {
      writing.write(value, out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
      return reading.read(in);
    }
  }

  /** A record's component: how to get it, and how it is written. */
  record Part(Function<Object, Object> accessor, Form form) {}

  /** One component after the other. An array of them: a state has a million. */
  final class OfRecord implements Form {
    private final Constructor<?> constructor;
    private final Part[] parts;

    OfRecord(Constructor<?> constructor, Part[] parts) {
      this.constructor = constructor;
      this.parts = parts;
    }

    @Override
    public void write(Object value, GrowingBytes out) throws IOException {
      for (Part part : parts) {
        part.form.write(part.accessor.apply(value), out);
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      Object[] values = new Object[parts.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = parts[i].form.read(in);
      }
      try {
        return constructor.newInstance(values);
      } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
        throw new IOException("no " + constructor.getDeclaringClass().getSimpleName(), e);
      }
    }
  }

  /** How many, and each; sorted sets stay sorted. */
  record OfCollection(Class<?> type, Form item) implements Form {
    @Override
    public void write(Object value, GrowingBytes out) throws IOException {
      Collection<?> all = (Collection<?>) value;
      out.writeSize(all.size());
      for (Object one : all) {
        item.write(one, out);
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      List<Object> all = new ArrayList<>();
      for (int left = readSize(in); left > 0; left--) {
        all.add(item.read(in));
      }
      if (SortedSet.class.isAssignableFrom(type)) {
        return new TreeSet<>(all);
      }
      return Set.class.isAssignableFrom(type) ? Set.copyOf(all) : List.copyOf(all);
    }
  }

  /** How many, and each key with its value; what is read is sorted. */
  record OfMap(Form key, Form item) implements Form {
    @Override
    public void write(Object value, GrowingBytes out) throws IOException {
      Map<?, ?> all = (Map<?, ?>) value;
      out.writeSize(all.size());
      for (Map.Entry<?, ?> one : all.entrySet()) {
        key.write(one.getKey(), out);
        item.write(one.getValue(), out);
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      SortedMap<Object, Object> all = new TreeMap<>();
      for (int left = readSize(in); left > 0; left--) {
        Object name = key.read(in);
        all.put(name, item.read(in));
      }
      return all;
    }
  }
}
