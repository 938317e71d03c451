package dev.cets.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two slots for each entry: the key, see {@link HashKeys}, and the value. */
record MapFormat(HashKeys keys, Format value) implements Format {
  @Override
  public void write(Output out, Object written) {
    Map<?, ?> map = (Map<?, ?>) written;
    keys.check(map.keySet());
    out.enter();
    EntrySorter entries = new EntrySorter(out);
    for (Map.Entry<?, ?> each : map.entrySet()) {
      keys.write(out, entries, each.getKey());
      out.writeSlot(value, each.getValue());
    }
    entries.sort();
    out.leave();
  }

  @Override
  public Object read(Input in, int end) {
    if (in.position() == end) {
      return Collections.emptyMap();
    }
    in.enter();
    int slots = in.countSlots(end);
    if (slots % 2 != 0) {
      throw new Fault("a map with a key that has no value");
    }
    @Nullable Object[] values = new @Nullable Object[slots / 2];
    Object[] read = keys.read(in, end, values.length, i -> values[i] = in.readSlot(value, end));
    in.leave();
    // Of keys that differ only in components that are unknown here, the last one stays.
    Map<Object, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(read.length);
    for (int i = 0; i < read.length; i++) {
      map.put(read[i], values[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public String kind() {
    return "map";
  }
}
