package dev.cets.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot for each element. What is read cannot be changed, and answers questions about null. */
record ListFormat(Format element) implements Format {
  @Override
  public void write(Output out, Object value) {
    out.enter();
    for (Object each : (List<?>) value) {
      out.writeSlot(element, each);
    }
    out.leave();
  }

  @Override
  public Object read(Input in, int end) {
    if (in.position() == end) {
      return Collections.emptyList();
    }
    in.enter();
    @Nullable Object[] elements = new @Nullable Object[in.countSlots(end)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = in.readSlot(element, end);
    }
    in.leave();
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  @Override
  public String kind() {
    return "list";
  }
}
