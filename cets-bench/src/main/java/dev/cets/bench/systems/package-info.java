/** The systems side by side, each behind the same small interface, as its experts would set it. */
@NullMarked
package dev.cets.bench.systems;

import org.jspecify.annotations.NullMarked;
