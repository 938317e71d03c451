package dev.cets.codec;

/**
 * How the values of one declared type are laid out between two ends that are known from outside.
 * Since every value has its end told, no format needs a length or a count of its own.
 */
interface Format {
  /** Appends the value, never null. */
  void write(Output out, Object value);

  /** The value from the input's position up to the end, all of which it consumes. */
  Object read(Input in, int end);

  /** Are the bytes of which a value is read always those that it would be written as? */
  default boolean hasOneForm() {
    return false;
  }

  /** What it is, for the fingerprint; one lower-case word. */
  String kind();
}
