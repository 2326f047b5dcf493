package io.github.topologyxds.source.snapshot;

import java.util.Arrays;

/**
 * Numbers texts in the order in which they come, from 1 on. A hash table in arrays: with a {@code
 * HashMap} a third of what writing a state cost was its entries, one for each of some hundred
 * thousand texts, and most of their hashes had to be looked up in memory that no cache had. For one
 * thread.
 */
final class TextNumbers {
  private String[] texts = new String[1 << 10];
  private int count;

  /** For each slot the number of the text that is in it, 0 if none is, and the text's hash. */
  private int[] numbers = new int[2 * texts.length];

  private int[] hashes = new int[numbers.length];

  /** Returns the number of a text; 0 when it is new, and gets the next one. */
  int numberOf(String text) {
    int hash = text.hashCode();
    int slot = slotOf(hash);
    while (numbers[slot] > 0) {
      if (hashes[slot] == hash && texts[numbers[slot] - 1].equals(text)) {
        return numbers[slot];
      }
      slot = after(slot);
    }
    if (count == texts.length) {
      grow();
      return numberOf(text);
    }
    texts[count] = text;
    count++;
    numbers[slot] = count;
    hashes[slot] = hash;
    return 0;
  }

  private int slotOf(int hash) {
    return (hash ^ hash >>> 16) & (numbers.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (numbers.length - 1);
  }

  private void grow() {
    texts = Arrays.copyOf(texts, 4 * count);
    int[] oldNumbers = numbers;
    int[] oldHashes = hashes;
    numbers = new int[2 * texts.length];
    hashes = new int[numbers.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] > 0) {
        int slot = slotOf(oldHashes[i]);
        while (numbers[slot] > 0) {
          slot = after(slot);
        }
        numbers[slot] = oldNumbers[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }
}
