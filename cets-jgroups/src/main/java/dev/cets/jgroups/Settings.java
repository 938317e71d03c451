package dev.cets.jgroups;

import java.util.concurrent.TimeUnit;

/**
 * Times of looking for sought addresses.
 *
 * @param answerNanos how long a name look-up, and then a place, may take to answer
 * @param redialMinNanos the first pause between attempts
 * @param redialMaxNanos the longest
 */
record Settings(long answerNanos, long redialMinNanos, long redialMaxNanos) {
  static final Settings DEFAULTS =
      new Settings(
          TimeUnit.SECONDS.toNanos(3),
          TimeUnit.MILLISECONDS.toNanos(50),
          TimeUnit.SECONDS.toNanos(2));
}
