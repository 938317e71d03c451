package dev.cets.codec;

import org.jspecify.annotations.Nullable;

/** Stands for the format of a record type within itself, while that is being made. */
final class Deferred implements Format {
  private @Nullable Format target;

  void set(Format format) {
    target = format;
  }

  private Format target() {
    if (target == null) {
      throw new IllegalStateException("used before it was made");
    }
    return target;
  }

  @Override
  public void write(Output out, Object value) {
    target().write(out, value);
  }

  @Override
  public Object read(Input in, int end) {
    return target().read(in, end);
  }

  @Override
  public String kind() {
    return target().kind();
  }
}
