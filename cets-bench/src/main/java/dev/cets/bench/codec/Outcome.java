package dev.cets.bench.codec;

/** How the decoding of damaged bytes ends. */
enum Outcome {
  /** As the library says that bytes are not what they should be. */
  REFUSED,
  /** With some other exception. */
  OTHER_EXCEPTION,
  /** With an error of the JVM, such as that memory or stack is at its end. */
  ERROR,
  /** With the value that was encoded: the damage did no harm. */
  SAME_VALUE,
  /** With another value, and without a word. */
  OTHER_VALUE
}
