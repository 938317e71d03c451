package dev.cets.jgroups;

/**
 * Times of looking for sought addresses.
 *
 * @param answerNanos how long a name look-up, and then a place, may take to answer
 * @param redialMinNanos the first pause between attempts
 * @param redialMaxNanos the longest
 */
record Settings(long answerNanos, long redialMinNanos, long redialMaxNanos) {}
