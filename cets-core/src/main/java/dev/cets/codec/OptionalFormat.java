package dev.cets.codec;

import java.util.Optional;

/** Nothing, or one slot. */
record OptionalFormat(Format element) implements Format {
  @Override
  public void write(Output out, Object value) {
    Optional<?> optional = (Optional<?>) value;
    out.enter();
    if (optional.isPresent()) {
      out.writeSlot(element, optional.get());
    }
    out.leave();
  }

  @Override
  public Object read(Input in, int end) {
    if (in.position() == end) {
      return Optional.empty();
    }
    in.enter();
    Object value = in.readSlot(element, end);
    in.leave();
    if (value == null) {
      throw new Fault("an optional value that is null");
    }
    return Optional.of(value);
  }

  @Override
  public String kind() {
    return "optional";
  }
}
