package dev.cets.testkit.sim;

/** Every record is a pair: which key, and a value unlike any other. */
record Row(String key, long value) {}
