package io.github.topologyxds.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a minute, or of a part of it, that is over: about 10 bytes for each. Names stand in
 * tables, numbers are varints, and a cell tells whether the next port begins. Immutable.
 */
final class ClosedMinute {
  /** An array's or a string's header and reference, and a string's own fields. */
  private static final int BYTES_PER_NAME = 64;

  private final long minute;
  private final String[] ports;
  private final String[] zones;
  private final byte[] cells;

  /** Bytes of the names that no earlier minute has. */
  private final long freshNames;

  private ClosedMinute(long minute, Names names, byte[] cells) {
    this.minute = minute;
    this.ports = names.ports().toArray(String[]::new);
    this.zones = names.zones().toArray(String[]::new);
    this.cells = cells;
    this.freshNames = names.fresh();
  }

  /** What the cells' numbers stand for, sorted. */
  private record Names(List<String> ports, List<String> zones, long fresh) {}

  /** Takes a cell, and how many bytes it has here. */
  interface Reader {
    void cell(LoadKey key, LoadCounts counts, int bytes);
  }

  /**
   * Packs cells.
   *
   * @param sorted by their keys, each key once
   * @param before whose strings are used again; null: there is none
   */
  static ClosedMinute of(long minute, List<CountedLoad> sorted, @Nullable ClosedMinute before) {
    List<String> distinct = new ArrayList<>();
    Set<String> places = new TreeSet<>();
    for (CountedLoad cell : sorted) {
      if (distinct.isEmpty() || !distinct.getLast().equals(cell.key().port())) {
        distinct.add(cell.key().port());
      }
      places.add(cell.key().fromZone());
      places.add(cell.key().toZone());
    }
    String[] ports = distinct.toArray(String[]::new);
    String[] zones = places.toArray(String[]::new);
    long fresh = before == null ? bytes(distinct) : share(ports, before.ports);
    Names names = new Names(Arrays.asList(ports), Arrays.asList(zones), fresh);
    return new ClosedMinute(minute, names, packed(sorted, zones));
  }

  /** Puts the strings of the other table in place of equal ones; returns the bytes of the rest. */
  private static long share(String[] names, String[] others) {
    long fresh = 0;
    for (int i = 0; i < names.length; i++) {
      int same = Arrays.binarySearch(others, names[i]);
      if (same >= 0) {
        names[i] = others[same];
      } else {
        fresh += BYTES_PER_NAME + names[i].length();
      }
    }
    return fresh;
  }

  private static long bytes(Collection<String> names) {
    return names.stream().mapToLong(name -> BYTES_PER_NAME + name.length()).sum();
  }

  private static byte[] packed(List<CountedLoad> cells, String[] zones) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      String port = cells.isEmpty() ? "" : cells.getFirst().key().port();
      for (CountedLoad cell : cells) {
        LoadKey key = cell.key();
        LoadCounts counts = cell.counts();
        out.writeUInt32NoTag(key.port().equals(port) ? 0 : 1);
        port = key.port();
        out.writeUInt32NoTag(Arrays.binarySearch(zones, key.fromZone()));
        out.writeUInt32NoTag(Arrays.binarySearch(zones, key.toZone()));
        out.writeUInt32NoTag(key.priority());
        out.writeUInt64NoTag(counts.requests());
        out.writeUInt64NoTag(counts.errors());
        out.writeUInt64NoTag(counts.inFlightMillis());
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Minutes since the clock's zero. */
  long minute() {
    return minute;
  }

  /** Returns how much memory it takes beside the minutes before it. */
  long bytes() {
    return cells.length + freshNames + references();
  }

  /** Returns how much it takes when it is the oldest. */
  long bytesAlone() {
    return cells.length + bytes(Arrays.asList(ports)) + references();
  }

  private long references() {
    return BYTES_PER_NAME * (zones.length + 4L) + Long.BYTES * (long) ports.length;
  }

  /** Returns the cells, sorted. */
  List<CountedLoad> cells() {
    List<CountedLoad> cells = new ArrayList<>();
    each((key, counts) -> cells.add(new CountedLoad(key, counts)));
    return cells;
  }

  /** Reads the cells in their order. */
  void each(BiConsumer<LoadKey, LoadCounts> reader) {
    read((key, counts, bytes) -> reader.accept(key, counts));
  }

  /** Reads the cells in their order. */
  void read(Reader reader) {
    CodedInputStream in = CodedInputStream.newInstance(cells);
    try {
      int port = 0;
      while (!in.isAtEnd()) {
        int from = in.getTotalBytesRead();
        port += in.readUInt32();
        LoadKey key =
            new LoadKey(
                ports[port], zones[in.readUInt32()], zones[in.readUInt32()], in.readUInt32());
        LoadCounts counts = new LoadCounts(in.readUInt64(), in.readUInt64(), in.readUInt64());
        reader.cell(key, counts, in.getTotalBytesRead() - from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
  }
}
