package dev.cets.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** A slot for each element, see {@link HashKeys}. */
record SetFormat(HashKeys elements) implements Format {
  @Override
  public void write(Output out, Object value) {
    Set<?> set = (Set<?>) value;
    elements.check(set);
    out.enter();
    EntrySorter entries = new EntrySorter(out);
    for (Object each : set) {
      elements.write(out, entries, each);
    }
    entries.sort();
    out.leave();
  }

  @Override
  public Object read(Input in, int end) {
    if (in.position() == end) {
      return Collections.emptySet();
    }
    in.enter();
    Object[] read = elements.read(in, end, in.countSlots(end), i -> {});
    in.leave();
    // Elements that differ only in components that are unknown here become one.
    Set<Object> set = LinkedHashSet.newLinkedHashSet(read.length);
    set.addAll(Arrays.asList(read));
    return Collections.unmodifiableSet(set);
  }

  @Override
  public String kind() {
    return "set";
  }
}
