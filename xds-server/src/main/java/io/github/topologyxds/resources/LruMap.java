package io.github.topologyxds.resources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/** A map that forgets what was longest not used, once its entries are too many or too large. */
public final class LruMap<K, V> {
  private final Map<K, Sized<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int mostEntries;
  private final long mostBytes;
  private final ToLongBiFunction<K, V> sizer;
  private long bytes;

  private record Sized<V>(V value, long bytes) {}

  /**
   * Empty.
   *
   * @param sizer tells about how many bytes an entry takes
   */
  public LruMap(int mostEntries, long mostBytes, ToLongBiFunction<K, V> sizer) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
    this.sizer = sizer;
  }

  /**
   * Returns the value, which is the last used one then; null when it is not known, or forgotten.
   */
  @Nullable
  public V get(K key) {
    Sized<V> known = entries.get(key);
    return known == null ? null : known.value();
  }

  /** An entry that is too large by itself is not kept, and drives no other out. */
  public void put(K key, V value) {
    Sized<V> entry = new Sized<>(value, sizer.applyAsLong(key, value));
    if (entry.bytes() > mostBytes) {
      return;
    }
    Sized<V> replaced = entries.put(key, entry);
    bytes += entry.bytes() - (replaced == null ? 0 : replaced.bytes());
    var eldest = entries.values().iterator();
    while (bytes > mostBytes || entries.size() > mostEntries) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** Forgets the entries of which this is true. */
  public void removeIf(BiPredicate<K, V> condition) {
    entries
        .entrySet()
        .removeIf(entry -> {
          boolean gone = condition.test(entry.getKey(), entry.getValue().value());
          bytes -= gone ? entry.getValue().bytes() : 0;
          return gone;
        });
  }

  /** Forgets everything. */
  public void clear() {
    entries.clear();
    bytes = 0;
  }

  /** Returns how many entries it holds. */
  public int size() {
    return entries.size();
  }
}
