package dev.cets.codec;

import java.util.ArrayList;
import java.util.List;

/** Entries that were written one after the other in any order, to be put in the order of keys. */
final class EntrySorter {
  private record Entry(int start, int keyStart, int keyEnd) {}

  private final List<Entry> entries = new ArrayList<>();
  private boolean sorted = true;

  private final Output out;

  EntrySorter(Output out) {
    this.out = out;
  }

  /** An entry begins; it lasts to the next one, or to the end. */
  void add(int start, int keyStart, int keyEnd) {
    Entry entry = new Entry(start, keyStart, keyEnd);
    sorted = sorted && (entries.isEmpty() || compare(entries.getLast(), entry) < 0);
    entries.add(entry);
  }

  private int compare(Entry a, Entry b) {
    return out.compare(a.keyStart, a.keyEnd, b.keyStart, b.keyEnd);
  }

  /** Puts them in order. All that was written since the first must be entries. */
  void sort() {
    if (sorted) {
      return;
    }
    int first = entries.getFirst().start;
    byte[] unsorted = out.copyFrom(first);
    List<Integer> ends = new ArrayList<>(entries.size());
    for (int i = 1; i < entries.size(); i++) {
      ends.add(entries.get(i).start);
    }
    ends.add(out.size());
    List<Integer> order = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> compare(entries.get(a), entries.get(b)));
    refuseTwins(order);
    int at = first;
    for (int i : order) {
      int start = entries.get(i).start;
      int length = ends.get(i) - start;
      out.overwrite(at, unsorted, start - first, length);
      at += length;
    }
  }

  private void refuseTwins(List<Integer> order) {
    for (int i = 1; i < order.size(); i++) {
      if (compare(entries.get(order.get(i - 1)), entries.get(order.get(i))) == 0) {
        throw new Fault("two keys of a set or map have the same bytes, and yet are not equal");
      }
    }
  }
}
