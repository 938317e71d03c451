/** Benchmarks; never published. */
@NullMarked
package dev.cets.bench;

import org.jspecify.annotations.NullMarked;
