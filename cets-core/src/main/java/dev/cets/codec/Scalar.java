package dev.cets.codec;

/** A type without parts that has nothing to set up. */
record Scalar<T>(String kind, Class<T> type, Writer<T> writer, Reader<T> reader) implements Format {
  interface Writer<T> {
    void write(Output out, T value);
  }

  interface Reader<T> {
    T read(Input in, int end);
  }

  @Override
  public void write(Output out, Object value) {
    writer.write(out, type.cast(value));
  }

  /** Readers refuse every other form; only of what is not a number there are many. */
  @Override
  public boolean hasOneForm() {
    return type != Float.class && type != Double.class;
  }

  @Override
  public Object read(Input in, int end) {
    return reader.read(in, end);
  }
}
